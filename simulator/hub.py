"""Server-Sent Events: tells every open page what changed."""

import asyncio
import json
from collections.abc import AsyncIterator

QUEUE_LIMIT = 500
HEARTBEAT_SECONDS = 15


class Hub:
    """Fans events out to the pages; costs nothing while none is open."""

    def __init__(self):
        self._queues: set[asyncio.Queue] = set()
        self._closed = False

    def publish(self, kind: str, **data) -> None:
        """Send one event to every page; a page that lags behind is told to reload instead."""
        for queue in self._queues:
            if queue.qsize() < QUEUE_LIMIT:
                queue.put_nowait({"kind": kind, **data})
            elif queue.qsize() == QUEUE_LIMIT:
                queue.put_nowait({"kind": "reload"})

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._closed = True
        for queue in self._queues:
            queue.put_nowait(None)

    async def stream(self) -> AsyncIterator[str]:
        """Yield events as text/event-stream until the page goes away."""
        queue: asyncio.Queue = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield "retry: 1000\n\n"
            while not self._closed:
                yield await self._next(queue)
        finally:
            self._queues.discard(queue)

    @staticmethod
    async def _next(queue: asyncio.Queue) -> str:
        try:
            event = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
        except asyncio.TimeoutError:
            return ": still here\n\n"
        return f"data: {json.dumps(event)}\n\n" if event else ": bye\n\n"
