"""The largest request that is taken in: by its declared length at once, by its counted bytes otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import UsageError

Answer = Callable[[Request, Exception], Response]


class TooLarge(UsageError):
    """The request is larger than this address takes."""

    code = "too_large"
    status = 413


class BodyLimit:
    """ASGI middleware; `larger` gives limits of single paths in bytes."""

    def __init__(self, app: ASGIApp, *, limit: int, larger: Mapping[str, int], answer: Answer) -> None:
        self.app = app
        self._limit = limit
        self._larger = larger
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer 413."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        request = Request(scope)
        declared = request.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            await self._answer(request, too_large(limit))(scope, receive, send)
            return
        taken, started = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            # The reader sees its client gone, stops, and whatever it answers is replaced below.
            return {"type": "http.disconnect"} if taken > limit else message

        async def watched(message: Message) -> None:
            nonlocal started
            if taken <= limit or started:
                started = True
                await send(message)

        try:
            await self.app(scope, counted, watched)
        finally:
            if taken > limit and not started:
                await self._answer(request, too_large(limit))(scope, receive, send)


def too_large(limit: int) -> TooLarge:
    """The refusal, with the limit in it."""
    megabytes = limit // 1024 // 1024
    return TooLarge(f"Запрос больше {megabytes} МБ.", f"The request is larger than {megabytes} MB.")
