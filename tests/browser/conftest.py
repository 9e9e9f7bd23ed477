"""A browser (Debian's chromium) and the pages over the fake desk on a loopback port; no request may leave the machine."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, sync_playwright

from tests.unit.app.web.site import make_site

ROOT = Path(__file__).resolve().parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def _missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium for all tests."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        _missing("no chromium: apt-get install chromium")
    if not (ROOT / "app/web/static/build/manifest.json").is_file():
        _missing("the page scripts are not built: npm ci && npm run build")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def application() -> FastAPI:
    """The pages over a fresh fake desk."""
    return make_site()


@pytest.fixture
def address(browser: Browser, application: FastAPI) -> Iterator[str]:
    """The pages, served on a free loopback port."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


@dataclass
class Visit:
    """A visitor's window on the site, and what went wrong in it."""

    page: Page
    context: BrowserContext
    address: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        if path.startswith("/explorer?"):
            self.page.wait_for_selector("html[data-graph=ready]")
        return self.page


class Visits:
    """Opens windows of a size, in a scheme and a language, and checks at the end that none asked elsewhere or complained."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self.all: list[Visit] = []

    def open(self, width: int = 1360, height: int = 900, scheme: str = "light", language: str = "ru") -> Visit:
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
        )
        context.add_cookies([{"name": "sverka_language", "value": language, "url": self._address}])
        context.set_default_timeout(20_000)
        visit = Visit(context.new_page(), context, self._address)
        own = urlsplit(self._address).netloc

        def watch(route: Route, request: Request) -> None:
            if urlsplit(request.url).netloc in (own, "") or request.url.startswith(("data:", "blob:")):
                route.continue_()
            else:
                visit.elsewhere.append(request.url)
                route.abort()

        def listen(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
                visit.complaints.append(message.text)

        context.route("**/*", watch)
        visit.page.on("console", listen)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        self.all.append(visit)
        return visit


@pytest.fixture
def visits(browser: Browser, address: str) -> Iterator[Visits]:
    """Windows; each is checked and closed at the end of the test."""
    opened = Visits(browser, address)
    yield opened
    for visit in opened.all:
        visit.context.close()
    assert [url for visit in opened.all for url in visit.elsewhere] == []
    assert [text for visit in opened.all for text in visit.complaints] == []


@pytest.fixture
def visit(visits: Visits) -> Visit:
    """One window of 1360 by 900 in Russian."""
    return visits.open()
