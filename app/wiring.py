"""The one place where settings, graph, clock and access desk are made; nothing else reads the environment or the clock."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field

from app.access.audit import ANCHOR_FILE, AnchorFile, AuditLog
from app.access.audit_chain import Actor, operator
from app.access.desk import Desk
from app.access.passwords import Hasher
from app.access.rate import RateLimit
from app.metrics import Metrics
from app.own_rules import prove_own
from app.settings import Settings, read_settings
from domain.clock import Clock, SystemClock
from graph.client import Graph, open_graph
from graph.settings import GraphSettings
from queries.catalog import Catalog, load_catalog


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything that is made once for a process."""

    settings: Settings
    graph: Graph
    clock: Clock
    desk: Desk
    limit: RateLimit = field(default_factory=RateLimit)
    metrics: Metrics = field(default_factory=Metrics)
    catalog: Catalog = field(default_factory=load_catalog)

    def close(self) -> None:
        """Give the graph back."""
        self.graph.close()


def wire(
    settings: Settings | None = None, *, graph: Graph | None = None, clock: Clock | None = None, hasher: Hasher | None = None
) -> Wiring:
    """Make what is not given."""
    known = settings or read_settings()
    # A broken rule file is said before anything is opened.
    clock = clock or SystemClock()
    catalog = load_catalog(known.rules_dir)
    if known.rules_dir is not None:
        catalog = prove_own(catalog, known.home, clock)
    graph = graph or open_graph(graph_settings(known))
    log = AuditLog(graph, clock, AnchorFile(known.home / ANCHOR_FILE))
    desk = Desk(graph, clock, log, hasher or Hasher(), known.policy)
    return Wiring(known, graph, clock, desk, catalog=catalog)


def graph_settings(settings: Settings) -> GraphSettings:
    """What the graph's door needs of the settings."""
    return GraphSettings(
        url=settings.graph,
        user=settings.graph_user,
        password=settings.graph_password.get_secret_value(),
        home=settings.home,
        heap=settings.graph_heap,
    )


def command_line_actor() -> Actor:
    """`cli:USER`, the person at the terminal."""
    try:
        return operator(getpass.getuser())
    except (KeyError, OSError):
        # A container may run under a number that has no name.
        return operator("?")
