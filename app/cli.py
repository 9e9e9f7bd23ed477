"""`sverka`: the entry, kept light so that Ctrl-C in the first moments ends it as plainly as later."""

from __future__ import annotations

import importlib
import sys

INTERRUPTED = 130


def main() -> None:
    """Load the command line and run it."""
    try:
        command_line = importlib.import_module("app.command_line")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(command_line.run(sys.argv[1:]))
