"""Command line: ``python -m simulator --host 127.0.0.1 --port 8079 --data DIR``."""

import argparse
import socket
import sys
from pathlib import Path

import uvicorn

from .app import create_app
from .connections import CuttableProtocol
from .loopback import is_loopback_host


def main(arguments: list[str]) -> int:
    """Serve until interrupted; return the exit code."""
    options = _parser().parse_args(arguments)
    if not is_loopback_host(options.host):
        print(f"{options.host} is not this machine: use 127.0.0.1.", file=sys.stderr)
        return 2
    if _busy(options.host, options.port):
        print(f"Port {options.port} is taken: choose another with --port.", file=sys.stderr)
        return 2
    config = uvicorn.Config(
        create_app(options.data),
        host=options.host,
        port=options.port,
        http=CuttableProtocol,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    print(f"Simulated WhatsApp: http://{options.host}:{options.port}/", flush=True)
    PhoneServer(config).run()
    return 0


class PhoneServer(uvicorn.Server):
    """Ends the live streams when it stops, or open pages would hold it for seconds."""

    async def shutdown(self, sockets=None) -> None:
        self.config.app.state.simulator.hub.close()
        await super().shutdown(sockets)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="loopback address to listen on")
    parser.add_argument("--port", type=int, default=8079)
    parser.add_argument("--data", type=Path, help="folder that keeps the chats over a restart")
    return parser


def _busy(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


sys.exit(main(sys.argv[1:]))
