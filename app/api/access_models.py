"""What the routes of accounts, sessions, keys and audit take and give."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=64)]
Password = Annotated[str, Field(min_length=1, max_length=256)]
Words = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=100)]


class Taken(BaseModel):
    """A request body: an unknown field is an error, not a silent nothing."""

    model_config = ConfigDict(extra="forbid")


class Credentials(Taken):
    """Name and password."""

    name: Name
    password: Password


class PasswordChange(Taken):
    """One's own password, from the current one to a new one."""

    current: Password
    new: Password


class PurposeText(Taken):
    """Why people are read: `case NUMBER` or `reason TEXT`."""

    purpose: str = Field(max_length=600, examples=["case 12-2026"])


class LanguageChoice(Taken):
    """The language of texts."""

    language: Literal["ru", "en"]


class Me(BaseModel):
    """The signed-in viewer. `units` null = all; `csrf` goes into X-CSRF-Token with every change; `token` of a key is never here."""

    name: str
    roles: list[str]
    role_title: str
    rights: list[str]
    units: list[str] | None
    unit_name: str
    person: str | None
    language: str
    purpose: str | None
    must_change_password: bool
    csrf: str


class SessionRow(BaseModel):
    """An open session; its id opens nothing."""

    id: str
    user: str
    created_at: str
    seen_at: str
    address: str
    agent: str
    current: bool


class SessionList(BaseModel):
    """Open sessions, the latest first."""

    sessions: list[SessionRow]


class UserRow(BaseModel):
    """An account without its password."""

    name: str
    roles: list[str]
    units: list[str]
    person: str | None
    must_change_password: bool
    created_at: str
    signed_in_at: str | None
    disabled_at: str | None


class UserList(BaseModel):
    """Accounts by name; `next_cursor` null = the last page."""

    users: list[UserRow]
    next_cursor: str | None = None


class NewUser(Taken):
    """An account to make; `units` empty = all that the roles allow."""

    name: Name
    roles: Words
    units: Words = []
    person: str | None = Field(None, max_length=200)


class UserChange(Taken):
    """What to change; what is absent stays. `person` empty = none."""

    roles: Words | None = None
    units: Words | None = None
    person: str | None = Field(None, max_length=200)
    disabled: bool | None = None


class OneTimePassword(BaseModel):
    """Shown once; must be changed at the first sign-in."""

    name: str
    one_time_password: str


class RoleRow(BaseModel):
    """A role and what it may do."""

    name: str
    title: str
    rights: list[str]
    scope: str
    masked: bool


class RoleList(BaseModel):
    """All roles."""

    roles: list[RoleRow]


class NewKey(Taken):
    """A key to make from one's own rights."""

    title: str = Field(min_length=1, max_length=200)
    scopes: Words
    purpose: str | None = Field(None, max_length=600)
    units: Words = []
    days: int | None = Field(None, ge=1, le=3650)


class KeyRow(BaseModel):
    """A key without its secret."""

    id: str
    title: str
    user: str
    scopes: list[str]
    units: list[str]
    purpose: str | None
    created_at: str
    expires_at: str | None
    used_at: str | None
    ended_at: str | None


class KeyList(BaseModel):
    """Keys, the newest first."""

    keys: list[KeyRow]


class MadeKey(KeyRow):
    """The key just made; `key` is shown this once."""

    key: str


class AuditRow(BaseModel):
    """A line. `changed` names the fields that a change touched; their contents are in the log and are not shown."""

    n: int
    at: str
    who: str
    role: str
    action: str
    object: str
    purpose: str
    result: str
    changed: list[str]
    hash: str


class AuditPage(BaseModel):
    """Lines from the newest down; `next_cursor` null = the beginning of the log is reached."""

    lines: list[AuditRow]
    next_cursor: str | None


class FaultRow(BaseModel):
    """One thing that is wrong with the log."""

    kind: str
    n: int
    message: str


class AuditVerdict(BaseModel):
    """Whether the log is whole. Note `n` and `hash` outside the machine: they catch a cut tail later."""

    ok: bool
    lines: int
    n: int
    hash: str
    anchored: bool
    faults: list[FaultRow]
