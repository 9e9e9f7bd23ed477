"""Accounts, sign-in, lock-out, sessions and keys on both engines, at the level of functions."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.access import keys, sessions, users
from app.access.desk import Desk
from app.access.operator_door import add_user, list_users, reset_password, verify_audit
from app.access.passwords import WeakPassword
from app.access.rate import RateLimit
from app.access.roles import ToxicRoles
from app.access.self_interest import circle
from app.access.signin import Caller, PasswordExpired, Wait, WrongPassword, sign_in
from app.access.units import cover
from app.access.users import LastAdministrator, UserExists
from domain.clock import FixedClock
from domain.errors import NoRight, NotFound, UsageError
from graph.client import Graph

from tests.access_setup import NOON, PASSWORD, ROOT, add_signed_user, constrain, later, make_desk

HERE = Caller("127.0.0.1")


@pytest.fixture
def desk(graph: Graph, tmp_path: Path) -> Desk:
    constrain(graph)
    return make_desk(graph, tmp_path)


def enter(desk: Desk, name: str, password: str) -> sessions.Session:
    token = sign_in(desk, RateLimit(), name, password, HERE).token
    found = sessions.find(desk, token)
    assert found
    return found[0]


def test_one_time_password_then_own(desk: Desk) -> None:
    once = users.add_user(desk, "Гульнара", ["officer"], by=ROOT)
    admitted = sign_in(desk, RateLimit(), "гульнара", once, HERE)
    assert admitted.user.must_change
    users.change_password(desk, "Гульнара", once, PASSWORD, by=ROOT)
    assert not sign_in(desk, RateLimit(), "ГУЛЬНАРА", PASSWORD, HERE).user.must_change
    with pytest.raises(WrongPassword):
        sign_in(desk, RateLimit(), "Гульнара", once, HERE)


def test_one_time_password_expires(desk: Desk) -> None:
    once = users.add_user(desk, "a1", ["officer"], by=ROOT)
    later(desk, days=7, seconds=1)
    with pytest.raises(PasswordExpired):
        sign_in(desk, RateLimit(), "a1", once, HERE)


@pytest.mark.parametrize("name", ["known", "unknown"])
def test_lock_after_five_is_the_same_for_unknown_names(desk: Desk, name: str) -> None:
    add_signed_user(desk, "known", ["officer"])
    limit = RateLimit()
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPassword, match=f"left: {left}"):
            sign_in(desk, limit, name, "wrong", HERE)
    with pytest.raises(Wait) as fifth:
        sign_in(desk, limit, name, "wrong", HERE)
    assert (fifth.value.code, fifth.value.seconds) == ("locked_out", 900)
    later(desk, minutes=14)
    with pytest.raises(Wait):
        sign_in(desk, limit, name, PASSWORD, HERE)
    later(desk, minutes=1, seconds=1)
    if name == "known":
        assert sign_in(desk, limit, name, PASSWORD, HERE).token
    else:
        with pytest.raises(WrongPassword, match="left: 4"):
            sign_in(desk, limit, name, PASSWORD, HERE)


def test_unknown_name_is_not_written_to_the_log(desk: Desk) -> None:
    with pytest.raises(WrongPassword):
        sign_in(desk, RateLimit(), "мой-пароль-по-ошибке", "x", HERE)
    assert [line.who for line in desk.log.page()] == ["?"]


def test_right_password_clears_failures(desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(WrongPassword):
                sign_in(desk, RateLimit(), "a1", "wrong", HERE)
        assert sign_in(desk, RateLimit(), "a1", PASSWORD, HERE).token


def test_parallel_guesses_do_not_outrun_the_lock(desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    outcomes: list[str] = []

    def guess() -> None:
        try:
            sign_in(desk, RateLimit(), "a1", "wrong", HERE)
        except (WrongPassword, Wait) as refusal:
            outcomes.append(refusal.code)

    guessers = [threading.Thread(target=guess) for _ in range(12)]
    for guesser in guessers:
        guesser.start()
    for guesser in guessers:
        guesser.join()
    assert outcomes.count("wrong_password") == 4
    assert outcomes.count("locked_out") == 8


def test_administrator_unlocks_by_reset(desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    session = enter(desk, "a1", PASSWORD)
    for _ in range(5):
        with pytest.raises((WrongPassword, Wait)):
            sign_in(desk, RateLimit(), "a1", "wrong", HERE)
    once = users.reset_password(desk, "a1", by=ROOT)
    assert session.id not in {one.id for one in sessions.list_open(desk)}
    assert sign_in(desk, RateLimit(), "a1", once, HERE).user.must_change


def test_rate_limit_by_address(desk: Desk) -> None:
    limit = RateLimit()
    for number in range(30):
        with pytest.raises(WrongPassword):
            sign_in(desk, limit, f"u{number}", "x", HERE)
    with pytest.raises(Wait, match="Wait 60 s"):
        sign_in(desk, limit, "u99", "x", HERE)
    with pytest.raises(WrongPassword):
        sign_in(desk, limit, "u99", "x", Caller("127.0.0.2"))


def test_session_ends_idle_and_absolutely(desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    token = sign_in(desk, RateLimit(), "a1", PASSWORD, HERE).token
    later(desk, minutes=14, seconds=59)
    assert sessions.find(desk, token)
    later(desk, minutes=15)
    assert sessions.find(desk, token) is None
    token = sign_in(desk, RateLimit(), "a1", PASSWORD, HERE).token
    for _ in range(71):
        later(desk, minutes=10)
        assert sessions.find(desk, token)
    later(desk, minutes=10)
    assert sessions.find(desk, token) is None, "twelve hours are over"


def test_password_change_ends_other_sessions(desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    kept, other = enter(desk, "a1", PASSWORD), enter(desk, "a1", PASSWORD)
    users.change_password(desk, "a1", PASSWORD, PASSWORD + "!", by=ROOT, kept_session=kept.id)
    assert {one.id for one in sessions.list_open(desk)} == {kept.id} != {other.id}


def test_session_is_ended_by_its_owner_only(desk: Desk) -> None:
    for name in ("a1", "b1"):
        add_signed_user(desk, name, ["officer"])
    session = enter(desk, "a1", PASSWORD)
    with pytest.raises(NotFound):
        sessions.end(desk, session.id, by=ROOT, owner="b1")
    sessions.end(desk, session.id, by=ROOT, owner="a1")
    assert sessions.list_open(desk) == []


def test_passwords_must_be_good(desk: Desk) -> None:
    once = users.add_user(desk, "gulnara", ["officer"], by=ROOT)
    for weak in ("short1!", "aaaaaaaaaaaaaaaa", "gulnara-2026-ok", "qwertyuiop123", "Пароль-Пароль"):
        with pytest.raises(WeakPassword):
            users.change_password(desk, "gulnara", once, weak, by=ROOT)
    with pytest.raises(UsageError, match="current"):
        users.change_password(desk, "gulnara", "wrong", PASSWORD, by=ROOT)


def test_toxic_pairs_over_all_accounts_of_a_person(desk: Desk) -> None:
    with pytest.raises(ToxicRoles):
        users.add_user(desk, "a1", ["administrator", "officer"], by=ROOT)
    users.add_user(desk, "a0", ["administrator"], by=ROOT)
    users.add_user(desk, "a1", ["administrator"], (), "hr-1", by=ROOT)
    with pytest.raises(ToxicRoles):
        users.add_user(desk, "a2", ["officer"], (), "hr-1", by=ROOT)
    users.add_user(desk, "a3", ["officer", "secretary"], (), "hr-2", by=ROOT)
    assert desk.log.page(action="user.roles_combined")[0].result == "allowed:officer+secretary"
    with pytest.raises(ToxicRoles):
        users.change_user(desk, "a3", by=ROOT, person="hr-1")
    users.change_user(desk, "a1", by=ROOT, roles=["head"])
    assert users.change_user(desk, "a3", by=ROOT, person="hr-1").person == "hr-1"


def test_last_administrator_stays(desk: Desk) -> None:
    users.add_user(desk, "root1", ["administrator"], by=ROOT)
    with pytest.raises(LastAdministrator):
        users.change_user(desk, "root1", by=ROOT, disabled=True)
    with pytest.raises(LastAdministrator):
        users.change_user(desk, "root1", by=ROOT, roles=["security_auditor"])
    users.add_user(desk, "root2", ["administrator"], by=ROOT)
    assert users.change_user(desk, "root1", by=ROOT, disabled=True).disabled_at
    assert users.change_user(desk, "root1", by=ROOT, disabled=False).disabled_at is None


def test_two_administrators_cannot_close_each_other_at_once(desk: Desk) -> None:
    for name in ("root1", "root2"):
        users.add_user(desk, name, ["administrator"], by=ROOT)
    refused: list[str] = []

    def close(name: str) -> None:
        try:
            users.change_user(make_desk(desk.graph), name, by=ROOT, disabled=True)
        except LastAdministrator:
            refused.append(name)

    closers = [threading.Thread(target=close, args=(name,)) for name in ("root1", "root2")]
    for closer in closers:
        closer.start()
    for closer in closers:
        closer.join()
    assert len(refused) == 1


def test_closed_account_signs_in_nowhere(desk: Desk) -> None:
    add_signed_user(desk, "a1", ["officer"])
    token = sign_in(desk, RateLimit(), "a1", PASSWORD, HERE).token
    _, shown = keys.create_key(desk, users.get_user(desk.graph, "a1"), "k", ["match"], by=ROOT)
    users.change_user(desk, "a1", by=ROOT, disabled=True)
    assert sessions.find(desk, token) is None
    assert keys.find(desk, shown) is None
    with pytest.raises(WrongPassword):
        sign_in(desk, RateLimit(), "a1", PASSWORD, HERE)


def test_names_are_unique_whatever_their_case(desk: Desk) -> None:
    users.add_user(desk, "Anna", ["hr"], by=ROOT)
    with pytest.raises(UserExists):
        users.add_user(desk, "ANNA", ["hr"], by=ROOT)
    for bad in ("", "a b", "-a", "a" * 70, "a/b"):
        with pytest.raises(UsageError):
            users.add_user(desk, bad, ["hr"], by=ROOT)
    with pytest.raises(UsageError, match="no role 'king'"):
        users.add_user(desk, "king", ["king"], by=ROOT)


def test_keys(desk: Desk) -> None:
    add_signed_user(desk, "shop", ["service"])
    owner = users.get_user(desk.graph, "shop")
    key, shown = keys.create_key(desk, owner, "магазин", ["events"], by=ROOT, purpose="reason проверка договора", days=30)
    assert keys.find(desk, shown)
    assert shown not in str(desk.graph.read("MATCH (k:ApiKey) RETURN properties(k) AS k"))
    for wrong in ("", "svk", shown[:-1], shown + "x", f"svk_{key.id}_", "svk_000000000000_x"):
        assert keys.find(desk, wrong) is None
    later(desk, days=30)
    assert keys.find(desk, shown) is None, "expired"
    key, shown = keys.create_key(desk, owner, "ещё", ["match"], by=ROOT)
    keys.revoke_key(desk, key.id, by=ROOT)
    assert keys.find(desk, shown) is None, "revoked"
    with pytest.raises(NoRight):
        keys.create_key(desk, owner, "шире", ["audit"], by=ROOT)
    with pytest.raises(UsageError):
        keys.create_key(desk, owner, "нет", ["everything"], by=ROOT)


def test_units_cover_what_is_below(desk: Desk) -> None:
    desk.graph.write(
        """
        CREATE (a:Organization {id: 'hr:a', name: 'Исполком'}), (b:Organization {id: 'hr:b', name: 'Комитет'}),
               (c:Organization {id: 'hr:c', name: 'Школа'}), (r:Record {key: 'shop:x', id: 'x'})
        CREATE (b)-[:PART_OF]->(a) CREATE (c)-[:PART_OF]->(b) CREATE (r)-[:RESOLVED_TO]->(b)
        """
    )
    assert set(cover(desk.graph, ["hr:a"]).ids) == {"hr:a", "hr:b", "hr:c"}
    assert set(cover(desk.graph, ["shop:x"]).ids) == {"shop:x", "hr:b", "hr:c"}
    assert cover(desk.graph, ["x"]).name == "Комитет"
    assert cover(desk.graph, ["none"]).ids == ("none",)


def test_command_line_door(desk: Desk, graph: Graph, tmp_path: Path) -> None:
    once = add_user(graph, FixedClock(NOON), "op", "officer,secretary", ["hr:a"], "hr-1", by=ROOT, home=tmp_path)
    again = reset_password(graph, FixedClock(NOON), "op", by=ROOT, home=tmp_path)
    assert once != again
    (made,) = list_users(graph)
    assert (made.name, made.roles, made.units, made.person) == ("op", ("officer", "secretary"), ("hr:a",), "hr-1")
    assert {line.who for line in desk.log.page()} == {"cli:root"}
    assert verify_audit(graph, tmp_path).ok


def test_circle_of_r28(desk: Desk, graph: Graph) -> None:
    graph.write(
        """
        CREATE (p:Person {id: 'hr:1', ids: ['1', '7']}), (w:Person {id: 'hr:2', ids: ['2']}), (g:Person {id: 'hr:3', ids: ['3']}),
               (r:Record {key: 'zags:7', id: '7'})
        CREATE (r)-[:RESOLVED_TO]->(p) CREATE (p)-[:KIN {lists: ['273-fz', '44-fz']}]->(w) CREATE (p)-[:KIN {lists: ['44-fz']}]->(g)
        """
    )
    for person in ("hr:1", "zags:7", "7"):
        assert circle(graph, person) == {person, "hr:1", "1", "7", "hr:2", "2"}
    assert circle(graph, "nobody") == {"nobody"}
    assert circle(graph, None) == frozenset()
