"""What is tried again, how often, and how long the pauses are."""

from __future__ import annotations

from graph.retry import BASE_SECONDS, CAP_SECONDS, LOST_CONNECTION, RETRIED, pause


def test_every_retry_has_a_reason_and_an_end() -> None:
    for code, again in {**RETRIED, "lost": LOST_CONNECTION}.items():
        assert 1 < again.attempts <= 30, code
        assert len(again.reason) > 10, code


def test_only_named_codes_are_retried() -> None:
    assert "Neo.ClientError.Statement.SyntaxError" not in RETRIED
    assert "Neo.ClientError.Security.Unauthorized" not in RETRIED
    assert "Neo.DatabaseError.General.UnknownError" not in RETRIED


def test_pauses_grow_to_a_cap_and_are_spread() -> None:
    for attempt in range(1, 20):
        drawn = [pause(attempt) for _ in range(50)]
        assert min(drawn) >= 0
        assert max(drawn) <= min(CAP_SECONDS, BASE_SECONDS * 2**attempt)
        assert len(set(drawn)) > 40
