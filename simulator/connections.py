"""Cuts connections without an answer, which plain ASGI cannot do."""

import socket
import struct

from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[tuple, object] = {}


class CuttableProtocol(H11Protocol):
    """uvicorn's HTTP protocol that remembers each connection by the caller's address."""

    def connection_made(self, transport) -> None:
        super().connection_made(transport)
        _open[tuple(self.client)] = transport

    def connection_lost(self, exc) -> None:
        _open.pop(tuple(self.client), None)
        super().connection_lost(exc)


class CutResponse(Response):
    """Resets the caller's TCP connection instead of answering."""

    async def __call__(self, scope, receive, send) -> None:
        transport = _open.get(tuple(scope["client"]))
        if transport is None:
            return  # the caller was faster
        linger_zero = struct.pack("ii", 1, 0)
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_zero)
        transport.abort()
        # uvicorn complains about a missing answer unless it has seen the end of the connection.
        while (await receive())["type"] != "http.disconnect":
            continue
