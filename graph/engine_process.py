"""The embedded engine's own process: started by `graph.embedded`, ends when its last user has gone.

It reads one JSON line from stdin (folder, heap, password: so no secret is on a command line), holds `engine.json` locked for
as long as it lives, and answers one line on file descriptor `ready`. Then it waits for an exclusive lock on `users`, on which
every user holds a shared one: the kernel gives it when the last user closed or died, whatever killed him.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

import jpype  # type: ignore[import-untyped]
from arcadedb_embedded.jvm import start_jvm
from arcadedb_embedded.server import ArcadeDBServer

from graph.embedded import HELD_BY_ANOTHER, LOCK_FILE, USERS_FILE

DATABASE = "neo4j"
USER = "root"
BOLT = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"
# One message carries a whole batch of rows; the engine's default of 16 MB is less than a batch of long texts.
MESSAGE_BYTES = 256 * 1024 * 1024
SERVER = {
    # "production" would hide from us what was wrong with a statement.
    "mode": "development",
    "host": "127.0.0.1",
    "http_port": "0",
    "bolt_port": "0",
    "bolt_host": "127.0.0.1",
    "server.plugins": BOLT,
}
ENGINE = {
    "arcadedb.bolt.defaultDatabase": DATABASE,
    "arcadedb.bolt.maxMessageSize": MESSAGE_BYTES,
    "arcadedb.bolt.packstream.maxValueLength": MESSAGE_BYTES,
    "arcadedb.bolt.packstream.maxElements": 16 * 1024 * 1024,
    "arcadedb.opencypher.loadCsv.allowFileUrls": False,
    "arcadedb.opencypher.loadCsv.allowRemoteUrls": False,
    "arcadedb.txWAL": True,
    # Each commit is on the disk before it is acknowledged: a power cut, not only a kill, loses nothing. No cost was seen (2026-11-24).
    "arcadedb.txWalFlush": 1,
}


def _stop(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


def _forget_old_password(root: Path) -> None:
    """The engine keeps the first root password in a file and would ignore this run's."""
    for name in ("server-users.jsonl", "server-users.jsonl.bak"):
        (root / "config" / name).unlink(missing_ok=True)


def _serve(order: dict[str, Any]) -> tuple[ArcadeDBServer, int]:
    root = Path(order["directory"])
    start_jvm(heap_size=order["heap"], jvm_args=["-XX:+ExitOnOutOfMemoryError"])
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    _forget_old_password(root)
    settings = jpype.JClass("com.arcadedb.GlobalConfiguration")
    for key, value in ENGINE.items():
        settings.findByKey(key).setValue(value)
    server = ArcadeDBServer(str(root), order["password"], SERVER)
    server.start()
    server.create_database(DATABASE)
    java = server._java_server  # noqa: SLF001 - the wrapper gives no port of a plugin
    java.getHttpServer().stopService()
    ports = [int(plugin.getPort()) for plugin in java.getPlugins() if "Bolt" in str(plugin.getClass().getName())]
    return server, ports[0]


def run() -> int:
    """Serve until nobody uses the engine; 3 when another process holds the folder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)
    order = json.loads(sys.stdin.readline())
    root = Path(order["directory"])
    lock = os.open(root / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return HELD_BY_ANOTHER
    os.ftruncate(lock, 0)
    users = os.open(root / USERS_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    server, port = _serve(order)
    try:
        found = {"pid": os.getpid(), "port": port, "user": USER, "password": order["password"]}
        os.pwrite(lock, json.dumps(found).encode() + b"\n", 0)
        with os.fdopen(order["ready"], "w") as ready:
            ready.write("ready\n")
        fcntl.flock(users, fcntl.LOCK_EX)
    finally:
        os.ftruncate(lock, 0)
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(run())
