"""The embedded engine seen from its users: find it or start it, and hold it while it is used.

The engine belongs to nobody: whoever comes first starts it, in a session of its own (Ctrl-C in the terminal does not reach it),
and it leaves by itself when its last user has gone. Three files in its folder, all mode 600, carry this, and the kernel, not a
pid, says who lives, so neither a dead process nor a reused pid can deceive:

- `users`: each user holds a shared lock on it; the engine waits for the exclusive one and then stops.
- `starting`: held exclusively by whoever looks for an engine or starts one.
- `engine.json`: locked by the engine while it lives; says pid, port, user and password. Empty while it starts or stops.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.errors import GraphBusy, GraphUnavailable, UsageError

LOCK_FILE = "engine.json"
USERS_FILE = "users"
HELD_BY_ANOTHER = 3

START_SECONDS = 60.0
STOP_SECONDS = 30.0
POLL_SECONDS = 0.02
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running engine answers."""

    pid: int
    port: int
    user: str
    password: str

    @property
    def url(self) -> str:
        """The Bolt address."""
        return f"bolt://127.0.0.1:{self.port}"


def default_heap() -> str:
    """A quarter of the memory this process may use, between 512 MB and 4 GB."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):
        total = min(total, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return f"{min(max(total // 4 // MEGABYTE, 512), 4096)}m"


class Lease:
    """One user's hold on the engine of a folder, from `acquire` to `release`."""

    def __init__(self, directory: Path, heap: str = "") -> None:
        self.directory = directory
        self._heap = heap or default_heap()
        self._users = -1
        self._process: subprocess.Popen[bytes] | None = None
        self._guard = threading.Lock()

    def acquire(self) -> Endpoint:
        """Find the living engine or start one; call again after the engine was lost."""
        with self._guard:
            if self._users < 0:
                self._make_folder()
                self._users = os.open(self.directory / USERS_FILE, os.O_RDWR | os.O_CREAT, 0o600)
            # Waits for an engine that is just stopping: it holds the lock exclusively until its last byte is on disk.
            _lock(self._users, fcntl.LOCK_SH, START_SECONDS)
            with self._starting():
                return self._find() or self._start()

    def release(self) -> None:
        """Let go; when this process started the engine and was its last user, wait until the engine has closed its files."""
        with self._guard:
            if self._users < 0:
                return
            os.close(self._users)
            self._users = -1
            if self._process is not None and self._stopping():
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(STOP_SECONDS)

    def _make_folder(self) -> None:
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.directory / "log").mkdir(mode=0o700, exist_ok=True)
        except OSError as problem:
            raise UsageError(
                f"Папку базы «{self.directory}» нельзя создать: {problem.strerror}.",
                f"The graph's folder {self.directory} cannot be made: {problem.strerror}.",
            ) from problem

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        mutex = os.open(self.directory / "starting", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(mutex, fcntl.LOCK_EX, START_SECONDS)
            yield
        finally:
            os.close(mutex)

    def _find(self) -> Endpoint | None:
        """The living engine's endpoint; None when there is none. An engine that is half-way (up or down) is waited for."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                handle = os.open(self.directory / LOCK_FILE, os.O_RDWR)
            except FileNotFoundError:
                return None
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                with contextlib.suppress(ValueError):
                    return Endpoint(**json.loads(os.pread(handle, 4096, 0)))
            else:
                return None
            finally:
                os.close(handle)
            time.sleep(POLL_SECONDS)
        raise GraphBusy(
            f"Встроенная база в «{self.directory}» занята и не отвечает.",
            f"The embedded graph in {self.directory} is held and does not answer.",
            hint=f"{self.directory / 'log'}",
        )

    def _start(self) -> Endpoint:
        reading, writing = os.pipe()
        order = {"directory": str(self.directory), "heap": self._heap, "password": secrets.token_urlsafe(32), "ready": writing}
        with open(self.directory / "log" / "engine.log", "wb", opener=_private) as log:
            # -P: a graph.py in the user's current folder must not be taken for this package.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "graph.engine_process"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=(writing,),
                start_new_session=True,
                cwd=self.directory,
                env=self._environment(),
            )
        os.close(writing)
        # Whenever the engine ends, be it after this lease: no zombie, and no complaint that it is still running.
        threading.Thread(target=self._process.wait, name="sverka-engine", daemon=True).start()
        with os.fdopen(reading) as ready:
            with contextlib.suppress(BrokenPipeError), self._process.stdin or contextlib.nullcontext() as stdin:
                if stdin:
                    stdin.write(json.dumps(order).encode() + b"\n")
            if ready.readline() != "ready\n" and self._process.wait(STOP_SECONDS) != HELD_BY_ANOTHER:
                raise self._failure()
        found = self._find()
        if found is None:
            raise self._failure()
        return found

    def _environment(self) -> dict[str, str]:
        root = str(Path(__file__).resolve().parent.parent)
        path = os.environ.get("PYTHONPATH")
        error_file = str(self.directory / "log" / "hs_err_pid%p.log")
        return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{path}" if path else root, "ARCADEDB_JVM_ERROR_FILE": error_file}

    def _failure(self) -> GraphUnavailable:
        log = self.directory / "log" / "engine.log"
        lines = log.read_text(errors="replace").strip().splitlines()
        return GraphUnavailable(
            f"Встроенная база не запустилась: {lines[-1] if lines else 'процесс завершился'}.",
            f"The embedded graph did not start: {lines[-1] if lines else 'its process ended'}.",
            hint=str(log),
        )

    def _stopping(self) -> bool:
        """Whether the engine is on its way out; it needs a moment to notice that its last user has gone."""
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                return False
            if (self.directory / LOCK_FILE).stat().st_size == 0:
                return True
            time.sleep(POLL_SECONDS)
        return False


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _lock(handle: int, kind: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise GraphBusy("Встроенная база занята другим процессом.", "The embedded graph is held by another process.") from None
            time.sleep(POLL_SECONDS)
        else:
            return
