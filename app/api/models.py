"""What the routes of findings, entities, search and the graph give: the shapes of contract.md 3 and 4."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Severity = Literal["INFO", "LOW", "MEDIUM", "HIGH", "BLOCK"]
Status = Literal[
    "NEW", "ASSIGNED", "IN_CHECK", "NEED_DATA", "FALSE_POSITIVE", "NO_CONFLICT", "RISK_CONFIRMED", "NOTICE_REQUESTED", "NOTICE_RECEIVED",
    "MEASURES_TAKEN", "TO_COMMISSION", "DECIDED", "EXECUTED", "CLOSED", "SELF_INTEREST_REASSIGN", "SETTLED",
]  # fmt: skip
Outcome = Literal["fired", "not_computable"]
Label = Literal["Person", "Organization", "Event", "Notification", "Thing"]
Direction = Literal["out", "in"]


class Taken(BaseModel):
    """A request body: an unknown field is an error, not a silent nothing."""

    model_config = ConfigDict(extra="forbid")


class Growing(BaseModel):
    """May carry more than is declared: the contract may grow."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


# ------------------------------------------------------------------------------------------------ contract 4
class EventRef(Growing):
    """The event of a finding; `id` is the feed's."""

    id: str
    schema_: str = Field(alias="schema")
    date: str | None
    title: str | None


class Side(Growing):
    """The official or the counterparty; `ids` are all feed ids that were resolved to one."""

    id: str
    ids: list[str]
    name: str


class Official(Side):
    """The official, with the role or post."""

    role: str | None = None


class KinRef(Growing):
    """The kinship of the chain, read from the official: P, C, S, B."""

    path: str
    term: str


class MatchRef(Growing):
    """The weakest identity of the chain."""

    grade: Literal["certain", "probable", "weak"]
    probability: float
    decisive: str


class LawRef(Growing):
    """A norm in force on the event's day."""

    act: str
    article: str
    since: str


class HopOut(Growing):
    """One hop of the chain, with its dates, its source, and the facts it was derived from."""

    from_: str = Field(alias="from")
    to: str
    type: str
    start: str | None
    end: str | None
    source: str | None
    derived_from: list[str]


class FindingOut(Growing):
    """A finding as contract.md 4 has it, with its due day and the one who has it."""

    id: str
    rule: str
    rule_version: str
    outcome: Outcome
    severity: Severity
    status: Status
    event: EventRef
    events: list[Any] = []
    official: Official
    counterparty: Side
    kin: KinRef | None
    share: float | None
    match: MatchRef | None
    modifiers: list[str]
    missing: list[str]
    law: list[LawRef]
    settled_by: str | None
    chain: list[HopOut]
    sentence: str
    evidence_sha256: str
    due_on: str | None = Field(None, description="day by which the next step is due")
    assignee: str | None = None
    recorded_at: str = Field("", description="known in this form since")


class DecisionRow(BaseModel):
    """A step that somebody took."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    from_: str = Field(alias="from")
    to: str
    reason: str
    note: str
    by: str
    at: str
    evidence_sha256: str
    undone_at: str | None = None


class FindingDetail(FindingOut):
    """A finding with what people decided on it, oldest first."""

    decisions: list[DecisionRow]


class FindingPage(BaseModel):
    """Findings with people masked, the latest event first; `next_cursor` null = the last page."""

    findings: list[FindingOut]
    next_cursor: str | None


class DecisionWish(Taken):
    """A step: the state to go to, the reason code where one is needed, and the evidence that was seen."""

    to: Status
    reason: str | None = Field(None, max_length=100)
    note: str = Field("", max_length=10_000)
    evidence_sha256: str | None = Field(None, max_length=64)


class DecisionDone(BaseModel):
    """Where the finding stands now. `decision` null: a step was taken back."""

    id: str
    status: Status
    due_on: str | None
    decision: DecisionRow | None


# ------------------------------------------------------------------------------------------------ entities and the graph
class NodeOut(BaseModel):
    """A node. `id` is its first feed id, `node` the canonical one; `masked`: a person's name is not shown."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    node: str
    ids: list[str]
    label: Label
    schema_: str = Field(alias="schema")
    name: str
    masked: bool


class EdgeOut(BaseModel):
    """A dated edge with its source; `from`/`to` are canonical ids. `holds`: on the day asked, null = it may."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    type: str
    from_: str = Field(alias="from")
    to: str
    start: str | None
    end: str | None
    start_known: bool
    source: str | None
    trust: int | None
    record: str | None
    recorded_at: str | None
    superseded_at: str | None
    derived: bool
    derived_from: list[str]
    holds: bool | None
    properties: dict[str, Any]


class FactOut(BaseModel):
    """A fact and the thing at its other end."""

    edge: EdgeOut
    other: NodeOut


class SectionOut(BaseModel):
    """Facts of one type in one direction; `total` stops at 1000, said by `total_more`; `more`: ask /graph/neighbours for the rest."""

    section: str
    type: str
    direction: Direction
    total: int
    total_more: bool
    more: bool
    facts: list[FactOut]


class RecordOut(BaseModel):
    """A source record behind the entity, and by which test it counts as this one."""

    model_config = ConfigDict(populate_by_name=True)

    key: str
    id: str
    source: str
    schema_: str = Field(alias="schema")
    path: str
    line: int
    recorded_at: str
    properties: dict[str, list[str]]
    test: str | None
    grade: str | None
    probability: float | None


class MatchOut(BaseModel):
    """Why two records count as one."""

    left: str
    right: str
    test: str
    grade: str
    probability: float


class EntityOut(BaseModel):
    """Everything of one entity."""

    node: NodeOut
    properties: dict[str, Any]
    sections: list[SectionOut]
    findings: list[FindingOut]
    records: list[RecordOut]
    matches: list[MatchOut]


class CountOut(BaseModel):
    """How many links of one kind; `text` is `17` or `1000+`."""

    section: str
    type: str
    direction: Direction
    count: int
    more: bool
    text: str


class Neighbours(BaseModel):
    """Counts of everything, or one page of the links of one type."""

    node: NodeOut
    counts: list[CountOut]
    nodes: list[NodeOut]
    edges: list[EdgeOut]
    next_cursor: str | None


class PathOut(BaseModel):
    """A path: canonical ids in order, the strongest edge of each hop. `sure`: every hop certainly holds on the day asked."""

    nodes: list[str]
    edges: list[str]
    strength: float
    sure: bool


class Paths(BaseModel):
    """Paths, the strongest first. `complete` false: the search stopped at its bounds; `passed_by`: hubs not walked through."""

    paths: list[PathOut]
    nodes: list[NodeOut]
    edges: list[EdgeOut]
    complete: bool
    passed_by: list[str]


class HitOut(BaseModel):
    """A thing found; `matched`: name, former, inn, ogrn, snils, number or id."""

    node: NodeOut
    matched: str
    findings: int


class Hits(BaseModel):
    """Hits with people masked. `truncated`: there are more than were looked at, add a word."""

    hits: list[HitOut]
    counts: dict[str, int]
    truncated: bool
    next_cursor: str | None


# ------------------------------------------------------------------------------------------------ rules, ingest, events
class LawOut(BaseModel):
    """A provision and the days on which it is in force."""

    act: str
    article: str
    since: str
    until: str | None


class RuleFiguresOut(BaseModel):
    """A rule's findings in the viewer's bodies: waiting, of them for data; all there ever were; by the last word of people."""

    now: int
    clarify: int
    ever: int
    confirmed: int
    rejected: int


class RefusedRuleOut(BaseModel):
    """A file of the organization's own rules that was not taken."""

    file: str
    line: int
    reason: str


class RuleOut(BaseModel):
    """A rule of the catalogue, with its parameters and the next step it advises."""

    id: str
    version: str
    title: str
    severity: Severity
    status: Literal["draft", "trial", "active", "retired"]
    own: bool
    law: list[LawOut]
    anchor: str
    official: str
    kin: str
    parameters: dict[str, Any]
    set_by: dict[str, list[Literal["law", "organization", "lawyer"]]]
    unless: list[str]
    identity: list[str]
    next: str
    figures: RuleFiguresOut


class RuleList(BaseModel):
    """All rules by id; files of the organization's own that were refused."""

    rules: list[RuleOut]
    refused: list[RefusedRuleOut]


class NoteOut(BaseModel):
    """Something said about a row that was loaded all the same."""

    code: str
    line: int
    ru: str
    en: str


class RefusedRow(BaseModel):
    """A row that went to quarantine."""

    line: int
    reason: str
    message: str


class FileOut(BaseModel):
    """One file of an ingest; `samples` are the first rows refused."""

    path: str
    format: str
    records: int
    accepted: int
    quarantined: int
    reasons: dict[str, int]
    notes: list[NoteOut]
    samples: list[RefusedRow]


class CheckOut(BaseModel):
    """What a check did."""

    resolved: int
    derived: int
    rules: dict[str, dict[str, int]]
    seconds: float


class IngestOut(BaseModel):
    """The ingest report; `check` where one was asked for."""

    files: list[FileOut]
    entities: dict[str, int]
    seconds: float
    check: CheckOut | None = None


class EventCheck(BaseModel):
    """The findings that an event raises, people masked without a purpose; `unusable` rows were left out, so look at them first."""

    stored: bool
    findings: list[FindingOut]
    events: list[str]
    unusable: list[RefusedRow]
    seconds: float
