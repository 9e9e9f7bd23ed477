"""Findings, what they were before, and what people decided."""

from graph_models.model import EdgeType, NodeType, Prop

FINDING = NodeType(
    "Finding",
    "A possible conflict of interest, one per rule, event, official and counterparty.",
    "id",
    {
        "id": Prop("text", "stable between checks"),
        "rule": Prop("text", "R-01 …", indexed=True),
        "outcome": Prop("text", "fired, not_computable"),
        "severity": Prop("text", "BLOCK, HIGH, MEDIUM, LOW, INFO"),
        "status": Prop("text", "domain.md 2.0", indexed=True),
        "anchor": Prop("text", "the node or record whose check raises it", indexed=True),
        "event": Prop("text", "id of the event", indexed=True),
        "official": Prop("text", "id of the official", indexed=True),
        "counterparty": Prop("text", "id of the counterparty", indexed=True),
        "events": Prop("list of text", "all events where it is about several (R-24)"),
        "people": Prop("list of text", "ids of all people on the chain"),
        "units": Prop("list of text", "bodies that may see it", indexed=False),
        "assignee": Prop("text", "user who has it"),
        "due_on": Prop("text", "date by which it is due"),
        "number": Prop("text", "YEAR-NNNN, given once"),
        "seen_at": Prop("instant", "when it was raised, or raised again"),
        "tray": Prop("text", "the tray it lies in: pile, day, severity, rule, assignee", indexed=True),
        "unfiled": Prop("boolean", "changed, and not yet numbered, dated and put into its tray", indexed=True),
        "from_day": Prop("day", "first day on which the whole chain holds"),
        "to_day": Prop("day", "day on which a link of the chain ends"),
        "evidence_sha256": Prop("text", "hash of the evidence"),
        "payload": Prop("JSON", "contract.md 4", personal=True),
        "recorded_at": Prop("instant", "known in this form since", indexed=True),
    },
)
FINDING_VERSION = NodeType(
    "FindingVersion",
    "What a finding was before it changed.",
    "id",
    {
        "id": Prop("text", "FINDING@SUPERSEDED_AT"),
        "finding": Prop("text", "id of the finding", indexed=True),
        "payload": Prop("JSON", "contract.md 4", personal=True),
        "from_day": Prop("day", "as in Finding"),
        "to_day": Prop("day", "as in Finding"),
        "recorded_at": Prop("instant", "known since"),
        "superseded_at": Prop("instant", "known until"),
    },
)
DECISION = NodeType(
    "Decision",
    "A step that a person took on a finding.",
    "id",
    {
        "id": Prop("text", "unique"),
        "finding": Prop("text", "id of the finding", indexed=True),
        "old": Prop("text", "status before"),
        "new": Prop("text", "status after"),
        "reason": Prop("text", "reason code"),
        "note": Prop("text", "free text", personal=True),
        "by": Prop("text", "user"),
        "at": Prop("instant", "when"),
        "evidence_sha256": Prop("text", "evidence as it was"),
        "undone_at": Prop("instant", "when it was taken back"),
    },
)
TRAY = NodeType(
    "Tray",
    "How many findings lie together: one pile, day, severity, rule and assignee.",
    "id",
    {"id": Prop("text", "PILE|DAY|SEVERITY|RULE|ASSIGNEE"), "n": Prop("integer", "findings in it")},
)
NUMBERING = NodeType(
    "Numbering",
    "The last number given to a finding of a year.",
    "id",
    {"id": Prop("text", "the year"), "n": Prop("integer", "last number given")},
)
CHECK = NodeType(
    "Check",
    "The last check that ended.",
    "id",
    {"id": Prop("text", "last"), "at": Prop("instant", "when it ended")},
)
FOR_UNIT = EdgeType(
    "FOR_UNIT",
    "The body may see the finding.",
    ("Finding",),
    ("Organization",),
    {"finding": Prop("text", "id of the finding"), "tray": Prop("text", "the tray it lies in, so that a body's findings are counted fast")},
)
ON_EVENT = EdgeType("ON_EVENT", "The finding is about this event.", ("Finding",), ("Event",))
ON_PERSON = EdgeType(
    "ON_PERSON",
    "The person stands on the finding's chain.",
    ("Finding",),
    ("Person",),
    {"role": Prop("text", "official, relative, counterparty, link")},
)
