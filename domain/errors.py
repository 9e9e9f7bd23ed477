"""The one error tree; every error says what is wrong, where, and what to do.

SverkaError
├── UsageError            the command or request is off (exit 2, HTTP 400)
├── InputError            what came from outside cannot be used
│   ├── CannotOpen        a file or folder that cannot be opened at all (exit 2)
│   ├── UnknownFormat     no reader knows the file
│   └── BadValue          one value is impossible; the row goes to quarantine
├── DefinitionError       a data file of ours is wrong (path, line)
├── StateError            the step is not allowed from here (HTTP 409)
│   └── ConcurrentChange  somebody else changed it in between
├── AccessError           not signed in, no right, no purpose
│   ├── NotSignedIn       401
│   ├── NoRight           403
│   ├── NoPurpose         428
│   └── TooManyAttempts   429
├── NotFound              404
└── GraphError            the database
    ├── GraphUnavailable  not reachable (exit 3, HTTP 503)
    └── GraphBusy         held by another process or task
"""

from __future__ import annotations


class SverkaError(Exception):
    """Base of every expected error.

    `message_ru` and `message_en` are full sentences for a person; `hint` says what to do next.
    """

    code = "error"
    status = 500
    exit_status = 3

    def __init__(self, message_ru: str, message_en: str = "", *, hint: str = "") -> None:
        super().__init__(message_en or message_ru)
        self.message_ru = message_ru
        self.message_en = message_en or message_ru
        self.hint = hint


class UsageError(SverkaError):
    """The command or request is off."""

    code = "usage"
    status = 400
    exit_status = 2


class InputError(SverkaError):
    """What came from outside cannot be used."""

    code = "bad_input"
    status = 422
    exit_status = 2


class CannotOpen(InputError):
    """A file or folder that cannot be opened at all."""

    code = "cannot_open"


class UnknownFormat(InputError):
    """No reader knows the file."""

    code = "unknown_format"


class BadValue(InputError):
    """One value is impossible; `code` is the reason code that quarantine shows."""

    code = "bad_value"

    def __init__(self, code: str, message_ru: str, message_en: str) -> None:
        super().__init__(message_ru, message_en)
        self.code = code


class DefinitionError(SverkaError):
    """A data file of ours (rule, law, schema, form) is wrong."""

    code = "bad_definition"

    def __init__(self, path: str, line: int, message_en: str, message_ru: str = "") -> None:
        super().__init__(f"{path}:{line}: {message_ru or message_en}", f"{path}:{line}: {message_en}")
        self.path = path
        self.line = line
        self.reason_ru = message_ru or message_en
        self.reason_en = message_en


class StateError(SverkaError):
    """The step is not allowed from the present state."""

    code = "not_allowed_now"
    status = 409
    exit_status = 2


class ConcurrentChange(StateError):
    """Somebody else changed the same thing in between; read it again."""

    code = "changed_meanwhile"


class AccessError(SverkaError):
    """The caller may not do this."""

    code = "forbidden"
    status = 403
    exit_status = 2


class NotSignedIn(AccessError):
    """No valid session or key."""

    code = "not_signed_in"
    status = 401


class NoRight(AccessError):
    """The role or unit does not allow it."""

    code = "no_right"


class NoPurpose(AccessError):
    """A person is read without a purpose."""

    code = "purpose_required"
    status = 428


class TooManyAttempts(AccessError):
    """Too many tries; wait."""

    code = "too_many_attempts"
    status = 429


class NotFound(SverkaError):
    """No such thing, or none that the caller may see."""

    code = "not_found"
    status = 404
    exit_status = 2


class GraphError(SverkaError):
    """The database refused or broke."""

    code = "graph_error"
    status = 500


class GraphUnavailable(GraphError):
    """The database is not reachable."""

    code = "graph_unavailable"
    status = 503


class GraphBusy(GraphError):
    """Another process or task holds what is needed."""

    code = "graph_busy"
    status = 503


def interrupted(problem: BaseException | None) -> bool:
    """Whether this is a Ctrl-C, or an error that was raised only because one was on its way up."""
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        if isinstance(problem, KeyboardInterrupt):
            return True
        seen.add(id(problem))
        problem = problem.__cause__ or problem.__context__
    return False
