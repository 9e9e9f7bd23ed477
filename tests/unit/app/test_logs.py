"""The log of the command line: it outlives the stream that stood for stderr when it was set up."""

import io
import sys

import pytest
import structlog

from app.commands.terminal import log_to_stderr


def test_a_line_goes_to_the_stderr_of_its_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = io.StringIO(), io.StringIO()
    before = structlog.get_config()
    try:
        monkeypatch.setattr(sys, "stderr", first)
        log_to_stderr()
        first.close()
        monkeypatch.setattr(sys, "stderr", second)
        structlog.get_logger("here").error("unexpected error", number="0a1b")
    finally:
        structlog.configure(**before)
    assert "0a1b" in second.getvalue()
