"""Where the graph lives: the embedded engine's folder or a Bolt address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from domain.errors import UsageError

EMBEDDED = "embedded"
NEO4J = "neo4j"
SCHEMES = ("neo4j", "neo4j+s", "bolt", "bolt+s")
DEFAULT_USER = "neo4j"
HINT = "SVERKA_GRAPH=embedded:DIR | neo4j://HOST:PORT | bolt://HOST:PORT | bolt+s://HOST:PORT"
_HEAP = re.compile(r"[1-9][0-9]*[mg]")


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """What `open_graph` needs; a wrong value is refused here, before anything is started.

    An empty `url` means the embedded engine in `home/graph`. `heap` ("512m", "4g") bounds the embedded engine's Java heap;
    empty means a quarter of the memory this process may use, at least 512 MB and at most 4 GB.
    `user` and `password` given here win over those written in the address.
    """

    url: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    home: Path | None = None
    heap: str = ""

    def __post_init__(self) -> None:
        if self.heap and not _HEAP.fullmatch(self.heap):
            raise UsageError(
                f"Память встроенного движка «{self.heap}» указана неверно.",
                f"The engine's heap {self.heap!r} is not a size.",
                hint="512m, 4g",
            )
        if self.engine == EMBEDDED:
            self.directory  # noqa: B018 - parsing is the check
        else:
            _ = self.address

    @property
    def engine(self) -> str:
        """`embedded` or `neo4j`."""
        return EMBEDDED if self.url == "" or self.url.startswith(f"{EMBEDDED}:") else NEO4J

    @property
    def directory(self) -> Path:
        """The embedded engine's folder, absolute."""
        folder = self.url.removeprefix(f"{EMBEDDED}:")
        if folder:
            return Path(folder).expanduser().absolute()
        if self.url or self.home is None:
            raise UsageError("Не указана папка встроенной базы.", "The embedded graph has no folder.", hint=HINT)
        return (self.home / "graph").expanduser().absolute()

    @property
    def address(self) -> str:
        """The Bolt address without user and password."""
        scheme, host, port = self._parts()
        bracketed = f"[{host}]" if ":" in host else host
        return f"{scheme}://{bracketed}" + (f":{port}" if port else "")

    @property
    def auth(self) -> tuple[str, str]:
        """User and password, from the fields or from the address."""
        found = urlsplit(self.url)
        user = self.user or unquote(found.username or "") or DEFAULT_USER
        return user, self.password or unquote(found.password or "")

    def _parts(self) -> tuple[str, str, int | None]:
        found = urlsplit(self.url)
        try:
            host, port = found.hostname, found.port
        except ValueError:
            host, port = None, None
        shown = re.sub(r"//[^@/]*@", "//…@", self.url)
        if found.scheme not in SCHEMES:
            raise UsageError(f"Адрес базы «{shown}» непонятен.", f"The graph address {shown!r} is not understood.", hint=HINT)
        if not host or found.path not in ("", "/") or found.query or found.fragment:
            raise UsageError(
                f"В адресе базы «{shown}» должны быть только узел и порт.",
                f"The graph address {shown!r} must hold a host and a port only.",
                hint=HINT,
            )
        return found.scheme, host, port
