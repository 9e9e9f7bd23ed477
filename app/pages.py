"""Puts the pages over the real desk and the real gate into an application: `create_app(wiring, [pages])`."""

from __future__ import annotations

from fastapi import FastAPI

from app.desk import GraphDesk
from app.gate import SessionGate, role_title
from app.web.mount import add_pages
from app.wiring import Wiring


def pages(application: FastAPI, wiring: Wiring) -> None:
    """Every page, on this wiring."""
    add_pages(application, desk=GraphDesk(wiring), gate=SessionGate(wiring), clock=wiring.clock, role_title=role_title)
