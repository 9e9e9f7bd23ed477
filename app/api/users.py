"""Accounts and roles, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, status

from app.access import users
from app.access.guard import desk_of, needs
from app.access.roles import book
from app.access.users import User
from app.access.viewer import Viewer
from app.api.access_models import NewUser, OneTimePassword, RoleList, RoleRow, UserChange, UserList, UserRow

router = APIRouter(prefix="/api/v1", tags=["access"])
Manager = Annotated[Viewer, Depends(needs("users.manage"))]


@router.get("/roles")
def list_roles(viewer: Annotated[Viewer, Depends(needs())]) -> RoleList:
    """All roles, with their titles in the viewer's language."""
    return RoleList(roles=[
        RoleRow(name=role.name, title=role.title.get(viewer.language), rights=sorted(role.rights), scope=role.scope, masked=role.masked)
        for role in book().roles.values()
    ])  # fmt: skip


@router.get("/users")
def list_users(
    request: Request, _: Manager, limit: Annotated[int, Query(ge=1, le=500)] = 100, cursor: Annotated[str, Query(max_length=64)] = ""
) -> UserList:
    """Accounts, closed ones too, by name."""
    rest = [user for user in users.list_users(desk_of(request).graph) if user.id > cursor]
    page = rest[:limit]
    return UserList(users=[_row(user) for user in page], next_cursor=page[-1].id if len(rest) > limit else None)


@router.post("/users", status_code=status.HTTP_201_CREATED)
def add_user(request: Request, viewer: Manager, body: NewUser) -> OneTimePassword:
    """Make an account; the one-time password is shown once."""
    password = users.add_user(desk_of(request), body.name, body.roles, body.units, body.person, by=viewer.actor)
    return OneTimePassword(name=body.name, one_time_password=password)


@router.get("/users/{name}")
def get_user(request: Request, _: Manager, name: str) -> UserRow:
    """One account."""
    return _row(users.get_user(desk_of(request).graph, name))


@router.patch("/users/{name}")
def change_user(request: Request, viewer: Manager, name: str, body: UserChange) -> UserRow:
    """Change roles, units or person; close or reopen. Toxic pairs and closing the last administrator are refused."""
    changed = users.change_user(
        desk_of(request), name, by=viewer.actor, roles=body.roles, units=body.units, person=body.person, disabled=body.disabled
    )
    return _row(changed)


@router.post("/users/{name}/password")
def reset_password(request: Request, viewer: Manager, name: str) -> OneTimePassword:
    """A new one-time password; the account's sessions and its lock-out end."""
    return OneTimePassword(name=name, one_time_password=users.reset_password(desk_of(request), name, by=viewer.actor))


@router.post("/users/{name}/unlock", status_code=status.HTTP_204_NO_CONTENT)
def unlock(request: Request, viewer: Manager, name: str) -> None:
    """End a lock-out before its time."""
    users.unlock(desk_of(request), name, by=viewer.actor)


def _row(user: User) -> UserRow:
    return UserRow(
        name=user.name, roles=list(user.roles), units=list(user.units), person=user.person, must_change_password=user.must_change,
        created_at=user.created_at, signed_in_at=user.signed_in_at, disabled_at=user.disabled_at,
    )  # fmt: skip
