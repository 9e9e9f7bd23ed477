"""A gate that lets in whoever knows the one password, and a viewer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from app.web.ports import Admitted, Refused
from domain.errors import UsageError

from tests.unit.app.web.invented import NOW


@dataclass
class FakeViewer:
    """Whoever is signed in."""

    name: str = "Гарипова А. Р."
    role: str = "officer"
    unit_name: str = "Управление образования"
    csrf: str = "token-of-the-session"
    language: str = "ru"


@dataclass
class FakeGate:
    """Lets in whoever knows the password; keeps the purpose in memory."""

    signed_in: bool = True
    purpose: str | None = "case 12-к"
    viewer: FakeViewer = field(default_factory=FakeViewer)
    failures: int = 0

    def sign_in(self, request: Request, name: str, password: str) -> Admitted | Refused:
        if self.failures >= 5:
            return Refused("locked", NOW + timedelta(minutes=15))
        if password != "correct horse battery":
            self.failures += 1
            return Refused("wrong")
        self.signed_in = True
        return Admitted("token")

    def remember(self, response: Response, admitted: Admitted) -> None:
        response.set_cookie("session", admitted.token, httponly=True)

    def sign_out(self, request: Request, response: Response) -> None:
        self.signed_in = False
        response.delete_cookie("session")

    def state_purpose(self, request: Request, purpose: str | None) -> None:
        if purpose is not None and len(purpose.split(" ", 1)[-1].strip()) < 2:
            raise UsageError("Укажите номер дела или причину.", "State the number of a case or a reason.")
        self.purpose = purpose

    def change_password(self, request: Request, old: str, new: str) -> str | None:
        if old != "correct horse battery":
            return "wrong"
        return "short" if len(new) < 12 else None
