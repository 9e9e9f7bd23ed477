"""API keys: everyone makes his own, from his own rights; administrators see and revoke all."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Request, status

from app.access import keys, users
from app.access.guard import desk_of, needs
from app.access.viewer import Viewer
from app.api.access_models import KeyList, KeyRow, MadeKey, NewKey
from app.api.sessions import session_of

router = APIRouter(prefix="/api/v1", tags=["access"])
Owner = Annotated[Viewer, Depends(needs("keys.own"))]
Either = Annotated[Viewer, Depends(needs("keys.own", "keys.manage"))]


@router.get("/keys")
def list_keys(request: Request, viewer: Either) -> KeyList:
    """One's own keys, or all with the right to manage them."""
    found = keys.list_keys(desk_of(request).graph, "" if viewer.can("keys.manage") else viewer.user)
    return KeyList(keys=[KeyRow.model_validate(asdict(key)) for key in found])


@router.post("/keys", status_code=status.HTTP_201_CREATED)
def create_key(request: Request, viewer: Owner, body: NewKey) -> MadeKey:
    """Make a key; its text is shown this once. Needs a session: a key does not beget keys."""
    session_of(viewer)
    desk = desk_of(request)
    owner = users.get_user(desk.graph, viewer.name)
    key, shown = keys.create_key(
        desk, owner, body.title, body.scopes, by=viewer.actor, units=body.units, purpose=body.purpose, days=body.days
    )
    return MadeKey.model_validate(asdict(key) | {"key": shown})


@router.delete("/keys/{key}", status_code=status.HTTP_204_NO_CONTENT)
def revoke_key(request: Request, viewer: Either, key: str) -> None:
    """End a key at once: one's own, or any with the right to manage them."""
    keys.revoke_key(desk_of(request), key, by=viewer.actor, owner="" if viewer.can("keys.manage") else viewer.user)
