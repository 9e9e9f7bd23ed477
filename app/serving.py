"""Serving over HTTP: the port, the application with its pages, the worker beside it, and a clean stop."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import uvicorn
from fastapi import FastAPI

from app.main import create_app
from app.pages import pages
from app.wiring import Wiring
from app.worker import Worker
from domain.errors import UsageError

NEXT_PORTS = 200
"""How far the next free port is looked for."""
WAITING = 128
LAST_ANSWERS = 10
"""Seconds that open requests (streams of events among them) get to end at a stop."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; UsageError with the next free port where this one is taken."""
    if not 0 <= port <= 65535:
        raise UsageError(f"Порта {port} не бывает: от 0 до 65535.", f"There is no port {port}: 0 to 65535.")
    try:
        return _bound(host, port)
    except socket.gaierror:
        raise UsageError(f"Узла «{host}» нет.", f"There is no host {host!r}.") from None
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            free = _next_free(host, port)
            hint = f"--port {free}" if free else ""
            other = f" Свободен {free}." if free else ""
            other_en = f" {free} is free." if free else ""
            raise UsageError(f"Порт {port} занят.{other}", f"Port {port} is taken.{other_en}", hint=hint) from None
        why = problem.strerror or str(problem)
        raise UsageError(f"Адрес {host}:{port} недоступен: {why}.", f"Cannot listen on {host}:{port}: {why}.") from None


def serve_on(wiring: Wiring, listening: socket.socket, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT (KeyboardInterrupt) or SIGTERM (SystemExit 0); `announce` gets the address once requests are answered."""
    config = uvicorn.Config(
        application(wiring),
        # Addresses of requests hold names that were searched for: they are counted (/metrics), audited, and not logged.
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=LAST_ANSWERS,
    )
    url = _url(listening)
    with _term_ends(), Worker(wiring):
        _Server(config, lambda: announce(url)).run(sockets=[listening])


def application(wiring: Wiring) -> FastAPI:
    """The interface and the pages over one wiring."""
    return create_app(wiring, [pages])


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        # Bound alone would not keep others away.
        made.listen(WAITING)
    except BaseException:
        made.close()
        raise
    return made


def _next_free(host: str, port: int) -> int | None:
    for candidate in range(port + 1, min(port + NEXT_PORTS, 65535) + 1):
        try:
            _bound(host, candidate).close()
        except OSError:
            continue
        return candidate
    return None


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "localhost"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - shown, not bound
    return f"http://{shown}:{port}"


@contextmanager
def _term_ends() -> Iterator[None]:
    """SIGTERM stops as SIGINT does, with everything closed, and counts as done: that is how services are stopped."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
