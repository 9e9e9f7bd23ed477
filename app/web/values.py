"""What the desk answers with: findings, cards, entities, the graph, facts by hand and source records, as the pages show them.

Values and codes; words of closed lists (severities, states, kinds of fact) belong to the pages. Free text (sentences,
words of a hop, notes) comes in the caller's language. Names come masked unless the desk lets the caller see them.
Ids are public ids (contract.md); dates are days or ISO text, instants are aware UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.web.drafts import FactDraft
from visualizations.chain import Chain, ChainNode, Family, SourceLink
from visualizations.scene import Subgraph


# ------------------------------------------------------------------------------------------------ findings
class Tab(StrEnum):
    """The four piles of the inbox."""

    MINE = "mine"
    UNIT = "unit"
    CLARIFY = "clarify"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class InboxQuery:
    """What part of which pile."""

    tab: Tab = Tab.MINE
    rule: str | None = None
    severity: str | None = None
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A finding in a list.

    `lead` is the name that the line begins with, `text` the rest of the sentence. `families` are the nodes of the chain
    in order. `assignee` is None for nobody. `due_at` is set where the hour matters; `due_note` says why («подписание завтра»).
    """

    id: str
    number: str
    rule: str
    modifiers: tuple[str, ...]
    severity: str
    status: str
    lead: str
    text: str
    families: tuple[Family, ...]
    law: str
    event: str
    assignee: str | None
    mine: bool
    due_on: date | None
    due_at: datetime | None = None
    due_note: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of today's pile is done, and how many of the settled ones still wait for a document."""

    done: int
    of: int
    awaiting: int = 0
    awaiting_of: int = 0


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of a pile, ordered by due day; `masked`: names are hidden until a purpose is given."""

    rows: tuple[InboxRow, ...]
    counts: Mapping[Tab, int]
    rules: tuple[tuple[str, int], ...]
    severities: tuple[tuple[str, int], ...]
    progress: Progress | None
    scope: str
    bodies: int
    checked_at: datetime | None
    sources: int
    next_cursor: str | None = None
    masked: bool = False


@dataclass(frozen=True, slots=True)
class LawRef:
    """A norm: «273-ФЗ ст. 10», in force since; `text` is what it says, in a sentence."""

    act: str
    article: str
    since: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CardTest:
    """One test of the rule, in the order of domain.md 2.0. `outcome`: passed, failed, unknown, not_applied."""

    test: str
    outcome: str
    text_ru: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row of the identity's waterfall. `outcome`: agree, partial, differ, absent; `weight` in bits, None where none is counted."""

    feature: str
    left: str
    right: str
    outcome: str
    weight: float | None


@dataclass(frozen=True, slots=True)
class IdentityMatch:
    """Two records taken for one person: which, how surely, by what."""

    left_name: str
    left_source: SourceLink
    right_name: str
    right_source: SourceLink
    grade: str
    probability: float | None
    decisive: str | None
    decided_by: str | None
    rows: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A step allowed now: the status it leads to and, for FALSE_POSITIVE, the reasons to choose from."""

    to: str
    reasons: tuple[str, ...] = ()
    needs_note: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What happened to the finding. `kind`: found, decided, undone, rechecked, viewed."""

    at: datetime
    kind: str
    by: str
    from_status: str | None = None
    to_status: str | None = None
    reason: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """A decision that its author may still take back."""

    decision: str
    to_status: str
    until: datetime


@dataclass(frozen=True, slots=True)
class FindingCard:
    """Everything on a finding's page; `sentence`, `outcome`, `missing`, `modifiers`, `evidence_sha256` as in contract.md 4.

    `ownership` is the arithmetic of an indirect share, one line a step. `settles` says what would settle it.
    `prior` are earlier findings of the pair, `prior_amount` their sum in roubles. `not_mine`: R-28, the viewer may not handle it.
    """

    row: InboxRow
    sentence: str
    outcome: str
    rule_version: str
    rule_title: str
    missing: tuple[str, ...]
    chain: Chain
    event_date: str
    law: tuple[LawRef, ...]
    tests: tuple[CardTest, ...]
    excluded: tuple[CardTest, ...]
    identities: tuple[IdentityMatch, ...]
    ownership: tuple[str, ...]
    share: str | None
    notice: str | None
    settles: str
    settled_by: SourceLink | None
    prior: tuple[InboxRow, ...]
    prior_amount: float | None
    moves: tuple[Move, ...]
    history: tuple[HistoryLine, ...]
    undo: Undo | None
    evidence_sha256: str
    checked_at: datetime | None
    not_mine: bool = False


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision as sent by the card; `seen_status` and `evidence_sha256` are what its author saw."""

    to: str
    reason: str | None
    note: str
    seen_status: str
    evidence_sha256: str


# ------------------------------------------------------------------------------------------------ entities
@dataclass(frozen=True, slots=True)
class Detail:
    """A property as a code and its text (inn, birth, amount, law, …); `masked` where the full value is hidden."""

    code: str
    text: str
    masked: bool = False


@dataclass(frozen=True, slots=True)
class FactRow:
    """A dated fact of an entity. `start`/`end` are ISO text as precise as known; `ended`/`open_end` steer «по настоящее время».

    `by_hand`: entered here, so it may be corrected. `lists`: where kin counts. `moment`: on the day `start` alone, where there is one.
    """

    id: str
    words: str
    other: ChainNode | None
    start: str | None
    end: str | None
    source: SourceLink
    trust: int | None = None
    note: str = ""
    recorded_at: datetime | None = None
    lists: tuple[str, ...] = ()
    lifelong: bool = False
    by_hand: bool = False
    derived: bool = False
    superseded: bool = False
    moment: bool = False


@dataclass(frozen=True, slots=True)
class FactSection:
    """Facts of one kind: posts, staff, kin, firms, owners, directors, events, parties, roles, notices, shared, parts, other."""

    kind: str
    rows: tuple[FactRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A source record behind an entity."""

    key: str
    source: str
    schema: str
    name: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class EntityPage:
    """A person, organization or event. `former` are other names; `editable`: the viewer may enter facts by hand."""

    node: ChainNode
    schema: str
    masked: bool
    maskable: bool
    former: tuple[str, ...]
    details: tuple[Detail, ...]
    sections: tuple[FactSection, ...]
    findings: tuple[InboxRow, ...]
    records: tuple[RecordRef, ...]
    editable: bool


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An entity in a list, masked; `matched` says what was found where it is not the name («бывшая фамилия»)."""

    node: ChainNode
    schema: str
    matched: str = ""
    findings: int = 0


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of hits; `counts` by kind (people, organizations, events)."""

    hits: tuple[SearchHit, ...]
    counts: Mapping[str, int]
    next_cursor: str | None = None


# ------------------------------------------------------------------------------------------------ the graph
@dataclass(frozen=True, slots=True)
class LinkCount:
    """How many links of one kind an entity has; `hub`: too many to open without a word of warning."""

    kind: str
    count: int
    hub: bool = False


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """Counts before anything is opened, and the findings the entity stands in."""

    node: ChainNode
    schema: str
    counts: tuple[LinkCount, ...]
    findings: tuple[InboxRow, ...]


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A path between two, strongest first; `strength` 0–1, `words` reads it out."""

    subgraph: Subgraph
    words: str
    strength: float


@dataclass(frozen=True, slots=True)
class When:
    """`as_of`: true on that day; `known_on`: as recorded by then. None is any day, and now."""

    as_of: date | None = None
    known_on: date | None = None


# ------------------------------------------------------------------------------------------------ facts by hand, sources
@dataclass(frozen=True, slots=True)
class HandFact:
    """A fact entered by hand, with its earlier versions (newest first)."""

    id: str
    draft: FactDraft
    entered_by: str
    entered_at: datetime
    versions: tuple[tuple[datetime, str, str], ...]
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class FactReceipt:
    """What was stored and what follows: findings that the re-check opened or closed."""

    id: str
    entity: str
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source record exactly as read, with its place; `properties` in the source's order; `hidden` names are masked."""

    key: str
    source: str
    source_kind: str
    trust: int
    schema: str
    state: str
    path: str
    line: int
    sha256: str
    recorded_at: datetime | None
    properties: tuple[tuple[str, tuple[str, ...]], ...]
    resolved: ChainNode | None
    versions: tuple[tuple[datetime, str], ...] = ()
    masked: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with what it holds."""

    name: str
    kind: str
    trust: int
    records: int
    quarantined: int
    loaded_at: datetime | None
