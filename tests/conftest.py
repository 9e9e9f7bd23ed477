"""Fixture policy and what every test gets without asking.

Policy
- A fixture lives in the nearest conftest.py of those who use it; the graph engines in tests/engines, the browser in tests/browser.
- No test talks to another machine: a socket may reach loopback or a Unix path only (`_only_loopback`).
- A test without the marks engines, browser or slow never sleeps: it gives its own clock and waits for nothing (`_no_sleep`).
- No test sees the settings of the person who runs it: SVERKA_* is taken away, but for SVERKA_TEST_NEO4J (`pytest_configure`).
- The unconfigured default is None, never a convenient stand-in: a forgotten dependency fails.
- Random data is drawn by hypothesis, or from `random.Random(seed)`; pytest-randomly prints the seed of the order.
"""

import ipaddress
import os
import socket
import time
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

settings.register_profile("house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


def pytest_configure(config: pytest.Config) -> None:
    """Take the settings of whoever runs the tests away, and keep sockets on this machine."""
    for name in [name for name in os.environ if name.startswith("SVERKA_") and name != "SVERKA_TEST_NEO4J"]:
        del os.environ[name]
    _only_loopback()


def _is_loopback(host: object) -> bool:
    if not isinstance(host, str | bytes):
        return host is None
    name = (host.decode("ascii", "replace") if isinstance(host, bytes) else host).split("%")[0]
    if name in {"", "localhost", socket.gethostname()}:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _check(host: object) -> None:
    if not _is_loopback(host):
        message = f"a test tried to reach {host!r}; only loopback is allowed (tests/conftest.py)"
        raise NetworkForbidden(message)


def _only_loopback() -> None:
    """Guard connect, connect_ex, sendto and getaddrinfo once for the whole process, threads included."""
    lookup = socket.getaddrinfo

    class Guarded(socket.socket):
        def connect(self, address: Any, /) -> None:
            self._check_family(address)
            super().connect(address)

        def connect_ex(self, address: Any, /) -> int:
            self._check_family(address)
            return super().connect_ex(address)

        def _check_family(self, address: Any) -> None:
            if self.family != socket.AF_UNIX:
                _check(address[0])

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        _check(host)
        return lookup(host, *args, **kwargs)

    socket.socket = Guarded  # type: ignore[misc]
    socket.getaddrinfo = getaddrinfo


def _refuse_sleep(seconds: float) -> NoReturn:
    pytest.fail(f"a test slept for {seconds} s: give it a clock, wait on an event, or mark it slow (tests/conftest.py)")


@pytest.fixture(autouse=True)
def _no_sleep(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not any(request.node.get_closest_marker(mark) for mark in ("engines", "browser", "slow")):
        monkeypatch.setattr(time, "sleep", _refuse_sleep)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a forgotten path out of the real home folder of whoever runs the tests."""
    if "SVERKA_HOME" not in os.environ:
        monkeypatch.setenv("SVERKA_HOME", str(tmp_path_factory.getbasetemp() / "home-of-nobody"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real public files beside the repository; the test is skipped where they are absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip(f"no {folder}: the real public files are kept beside the repository, not in it")
    return folder
