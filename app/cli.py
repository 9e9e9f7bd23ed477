"""`sverka`: the entry, kept light so that Ctrl-C in the first moments ends it as plainly as later."""

from __future__ import annotations

import importlib
import signal
import sys
import threading
from typing import Any

INTERRUPTED = 130
SOON = 0.05
"""Seconds after which a lost Ctrl-C is tried again."""


def main() -> None:
    """Load the command line and run it."""
    sys.unraisablehook = _once_more
    try:
        command_line = importlib.import_module("app.command_line")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(command_line.run(sys.argv[1:]))


def _once_more(lost: Any) -> None:
    """Python forgets a Ctrl-C that comes while an object is being cleared away; whoever pressed it would wait for the very end."""
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    # Not at once: that would be inside this hook, and lost again.
    again = threading.Timer(SOON, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
    again.daemon = True
    again.start()
