"""Roles, purposes, passwords, tokens, rates, forms, the hash chain and R-28, without a database."""

from __future__ import annotations

import urllib.parse
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.access.audit_chain import GENESIS, SYSTEM, Entry, canonical, seal
from app.access.form_token import find_token
from app.access.passwords import Hasher, WeakPassword, check_strength, one_time_password
from app.access.purpose import BadPurpose, parse, parse_header
from app.access.rate import Rate, RateLimit
from app.access.roles import SOURCE, ToxicRoles, book, load
from app.access.self_interest import SelfInterest, concerns, refuse_own
from app.access.tokens import csrf_token, new_key, new_token, split_key
from app.access.viewer import Viewer, may_see, unit_parameters, visible_units
from domain.errors import DefinitionError, UsageError

FAST = Hasher(memory_kib=8, passes=1, lanes=1)
NAMED = {"hr", "officer", "secretary", "member", "head", "k1_secretariat", "auditor_ksp", "inspector", "dispatcher", "chief",
         "admin_commission_secretary", "security_auditor", "administrator", "employee"}  # fmt: skip


def test_all_roles_of_the_domain_are_there() -> None:
    assert set(book().roles) >= NAMED
    for role in book().roles.values():
        assert role.title.ru
        assert role.title.en


def test_who_reads_no_people() -> None:
    for name in ("administrator", "security_auditor", "k1_secretariat", "dispatcher", "employee"):
        assert "people.read" not in book().roles[name].rights
    assert book().roles["administrator"].masked
    assert not {"findings.read", "people.list"} & book().roles["security_auditor"].rights


@pytest.mark.parametrize("pair", [
    ("administrator", "officer"), ("officer", "administrator"), ("administrator", "hr"), ("administrator", "security_auditor"),
    ("inspector", "admin_commission_secretary"), ("security_auditor", "auditor_ksp"),
])  # fmt: skip
def test_toxic_pairs(pair: tuple[str, str]) -> None:
    with pytest.raises(ToxicRoles):
        book().check_pairs(pair)


def test_pairs_that_the_log_watches() -> None:
    assert [(pair.first, pair.second) for pair in book().check_pairs(["secretary", "officer", "member"])] == [("officer", "secretary")]
    assert book().check_pairs(["hr", "member"]) == []


@pytest.mark.parametrize(("old", "new", "said"), [
    ("scope: own", "scope: galaxy", "scope of 'employee'"),
    ("rights: [own.read]", "rights: [own.raed]", "unknown right 'own.raed'"),
    ("metrics:  [metrics.read]", "metrics:  [metrics.raed]", "scope 'metrics'"),
    ("roles: [officer, secretary]", "roles: [officer, secretari]", "unknown 'secretari'"),
    ("then: log", "then: shrug", "refused"),
    ("rights: [own.read]", "rights: [keys.own]", "no role holds the right 'own.read'"),
    ("rights: [own.read]", "rights: [own.read, people.read, users.manage]\n    masked: true", "masked, so"),
])  # fmt: skip
def test_a_wrong_role_file_does_not_start(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "roles.yaml"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said) as problem:
        load(broken)
    assert problem.value.line > 1


def test_every_scope_gives_rights_that_somebody_holds() -> None:
    held = frozenset().union(*(role.rights for role in book().roles.values()))
    for name, rights in book().scopes.items():
        assert rights, name
        assert rights <= held, name
    with pytest.raises(UsageError, match="no scope 'x'"):
        book().check_scopes(["match", "x"])


@pytest.mark.parametrize(("text", "kind", "rest"), [
    ("case 12-2026", "case", "12-2026"), ("CASE № 7/15", "case", "№ 7/15"), (" reason проверка жалобы ", "reason", "проверка жалобы"),
    ("reason test", "reason", "test"), ("case 1", "case", "1"),
])  # fmt: skip
def test_purpose(text: str, kind: str, rest: str) -> None:
    assert (parse(text).kind, parse(text).text) == (kind, rest)
    assert parse(str(parse(text))) == parse(text)
    for header in (text.encode().decode("latin-1"), urllib.parse.quote(text)):
        assert parse_header(header) == parse(text)


@pytest.mark.parametrize("text", ["", "case", "case ", "reason", "reason x", "reason ---", "case ---", "because", "cases 1", "case\n1\x00",
                                  "case " + "1" * 65, "reason " + "a" * 501])  # fmt: skip
def test_bad_purpose(text: str) -> None:
    with pytest.raises(BadPurpose):
        parse(text)


def test_header_in_latin() -> None:
    assert parse_header("reason été vécu").text == "été vécu"


def test_passwords() -> None:
    stored = FAST.hash("Верный конь 42")
    assert stored.startswith("$argon2id$")
    assert FAST.verify(stored, "Верный конь 42")
    assert not FAST.verify(stored, "верный конь 42")
    assert not FAST.verify(None, "x")
    assert not FAST.verify("nonsense", "x")
    assert not FAST.verify(stored, "x" * 1_000_000)
    assert Hasher(memory_kib=16, passes=1, lanes=1).outdated(stored)
    assert not FAST.outdated(stored)
    once = {one_time_password() for _ in range(50)}
    assert len(once) == 50
    for password in once:
        check_strength(password, "anna")


WEAK = ["короткий", "x" * 300, "абабабабабаб", "anna-anna-2026-x", "QWERTYUIOP 123", "Password-Password", "123456789012"]


@pytest.mark.parametrize("password", WEAK)
def test_weak_passwords(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_strength(password, "Anna")


def test_tokens() -> None:
    token = new_token()
    assert csrf_token(token) == csrf_token(token) != csrf_token(new_token())
    key_id, secret, shown = new_key()
    assert split_key(shown) == (key_id, secret)
    for wrong in ("", "svk__x", "svk_a_", "abc_a_b", "svk-a-b"):
        assert split_key(wrong) is None


def test_rate_slides() -> None:
    limit, rate, now = RateLimit(most_keys=2), Rate(2, timedelta(minutes=1)), datetime(2026, 1, 1, tzinfo=UTC)
    assert [limit.wait("a", rate, now + timedelta(seconds=s)) for s in (0, 30, 45, 59)] == [0, 0, 15, 1]
    assert limit.wait("a", rate, now + timedelta(seconds=60)) == 0
    assert limit.wait("a", rate, now + timedelta(seconds=61)) == 29
    for key in ("b", "c"):
        limit.wait(key, rate, now)
    assert limit.wait("a", rate, now) == 0, "the oldest key was forgotten"


def test_token_in_forms() -> None:
    assert find_token("application/x-www-form-urlencoded", b"a=1&csrf=abc&b=%D1%8F") == "abc"
    assert find_token("application/x-www-form-urlencoded", b"a=csrf") == ""
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\nabc\r\n--x--\r\n'
    assert find_token("multipart/form-data; boundary=x", part % b"csrf") == "abc"
    for other in (b"csrf2", b"xcsrf", b"note"):
        assert find_token("multipart/form-data; boundary=x", part % other) == ""


TEXT = st.text(max_size=20)
FIELDS = ["who", "action", "object", "after", "at"]


@settings(max_examples=60)
@given(TEXT, TEXT, TEXT, st.dictionaries(TEXT, TEXT | st.integers() | st.none(), max_size=4), st.sampled_from(FIELDS))
def test_any_change_breaks_the_seal(action: str, thing: str, purpose: str, after: dict[str, object], field: str) -> None:
    line = seal(Entry(SYSTEM, action, thing, purpose, after=after), 1, "2026-01-01", GENESIS)
    assert line.computed() == line.hash
    assert replace(line, **{field: getattr(line, field) + " "}).computed() != line.hash
    assert replace(line, n=2).computed() != line.hash


def test_fields_do_not_run_into_each_other() -> None:
    first = seal(Entry(SYSTEM, "ab", "c"), 1, "t", GENESIS)
    assert first.hash != seal(Entry(SYSTEM, "a", "bc"), 1, "t", GENESIS).hash
    assert canonical({"б": 1, "а": [None]}) == '{"а":[null],"б":1}'


def test_units_of_a_viewer() -> None:
    everywhere = Viewer("a", "a", ("officer",), frozenset())
    here = replace(everywhere, all_units=False, units=("hr:a",))
    own = replace(everywhere, roles=("employee",))
    assert (visible_units(everywhere), visible_units(here), visible_units(own)) == (None, ["hr:a"], [])
    assert unit_parameters(own) == {"all_units": False, "units": []}
    assert [may_see(one, ["hr:a", "hr:b"]) for one in (everywhere, here, own)] == [True, True, False]
    assert not may_see(here, ["hr:b"])


def test_own_interest() -> None:
    finding = {"official": {"id": "1", "ids": ["1", "7"]}, "counterparty": {"id": "f"}, "chain": [{"from": "1", "to": {"id": "2"}}]}
    for mine in ("1", "7", "f", "2", "p9"):
        assert concerns(frozenset({mine}), finding, ["p9"])
    assert not concerns(frozenset({"3"}), finding, ["p9"])
    assert not concerns(frozenset(), finding)
    with pytest.raises(SelfInterest):
        refuse_own(frozenset({"2"}), finding)
