"""What a route asks of its viewer: `Needs(right)` and `reads_person`; the order of refusal is 401, 403, 428."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from app.access.audit import AuditLog
from app.access.audit_chain import Entry
from app.access.credentials import RECONCILE
from app.access.desk import Desk
from app.access.viewer import Viewer
from domain.errors import NoPurpose, NoRight, NotSignedIn


def viewer_of(request: Request) -> Viewer:
    """The signed-in viewer; NotSignedIn (401) where there is none."""
    viewer = getattr(request.state, "viewer", None)
    if not isinstance(viewer, Viewer):
        raise NotSignedIn("Нужно войти.", "Sign in first.")
    return viewer


def desk_of(request: Request) -> Desk:
    """The access desk of this application."""
    desk: Desk = request.app.state.wiring.desk
    return desk


@dataclass(frozen=True, slots=True)
class Needs:
    """Dependency: the viewer must hold one of the rights. `Needs()` asks only for a sign-in. Gives the Viewer."""

    rights: tuple[str, ...] = ()

    def __call__(self, request: Request) -> Viewer:
        """401, then 403, then 400 for an X-Purpose that cannot be read."""
        viewer = viewer_of(request)
        if self.rights and not any(viewer.can(right) for right in self.rights):
            raise NoRight("Недостаточно прав для этого действия.", f"This needs the right {' or '.join(self.rights)}.")
        if viewer.bad_purpose:
            raise viewer.bad_purpose
        return viewer


def needs(*rights: str) -> Needs:
    """`Depends(needs("findings.read"))`."""
    return Needs(rights)


@dataclass(frozen=True, slots=True)
class Reading:
    """An allowed and logged reading of a person; `shown` logs people who appear in the answer besides the one of the path.

    `waiting` is the line of the reading itself where it is written together with theirs.
    """

    viewer: Viewer
    log: AuditLog
    action: str
    waiting: tuple[Entry, ...] = ()

    def shown(self, *people: str, result: str = "shown") -> None:
        """A line for each person, before the answer leaves."""
        lines = (Entry(self.viewer.actor, self.action, one, str(self.viewer.purpose), result) for one in people)
        self.log.append(*self.waiting, *lines)


class ReadsPerson:
    """Dependency of every route that opens a person: 401, 403, 428, and a line in the audit log for the reading or its refusal.

    The line is written before anything is read, so what is not logged is not shown. Its object is the path below /api/v1.
    With `together` it is written with the lines of the people shown: the route calls `Reading.shown` once, whoever is found.
    """

    def __init__(self, *rights: str, together: bool = False) -> None:
        self.rights = ("people.read", *rights)
        self.together = together

    def __call__(self, request: Request) -> Reading:
        """Refuse or log. All of the rights are needed."""
        viewer = viewer_of(request)
        log = desk_of(request).log
        # Neither the query (names are searched there) nor the key in a reconcile path may stand in the log.
        path = request.url.path
        item = "reconcile" if path.startswith(RECONCILE) else path.removeprefix("/api/v1").strip("/")
        purpose = str(viewer.purpose or "")
        action = f"person.{'read' if request.method in ('GET', 'HEAD') else 'use'}"
        if not all(viewer.can(right) for right in self.rights):
            log.append(Entry(viewer.actor, action, item, purpose, "refused:no_right"))
            raise NoRight("Ваша роль не открывает сведений о людях.", "Your role does not open people.")
        if viewer.bad_purpose:
            raise viewer.bad_purpose
        if viewer.purpose is None:
            log.append(Entry(viewer.actor, action, item, "", "refused:purpose_required"))
            raise NoPurpose(
                "Сначала укажите, для чего открываются сведения о человеке.",
                "Say first why the person is read.",
                hint="X-Purpose: case НОМЕР | reason ТЕКСТ",
            )
        line = Entry(viewer.actor, action, item, purpose, "allowed")
        if self.together:
            return Reading(viewer, log, action, (line,))
        log.append(line)
        return Reading(viewer, log, action)


reads_person = ReadsPerson()
"""`reading: Annotated[Reading, Depends(reads_person)]`."""
