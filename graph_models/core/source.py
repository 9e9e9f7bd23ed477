"""The source layer: exactly what a source said, with place, hash and time."""

from graph_models.model import EdgeType, NodeType, Prop

SOURCE = NodeType(
    "Source",
    "A named source of records.",
    "name",
    {
        "name": Prop("text", "name given at ingest"),
        "kind": Prop("text", "hr, egrul, civil_registry, declaration, procurement, appeals, offences, other"),
        "trust": Prop("integer", "0 to 100, by kind"),
        "read_at": Prop("instant", "last ingest"),
    },
)
RECORD = NodeType(
    "Record",
    "One record as its source says it now.",
    "key",
    {
        "key": Prop("text", "SOURCE:ID"),
        "source": Prop("text", "name of the source"),
        "id": Prop("text", "id within the source", indexed=True),
        "schema": Prop("text", "FtM schema"),
        "payload": Prop("JSON", "the properties as read", personal=True),
        "sha256": Prop("text", "hash of the payload"),
        "path": Prop("text", "file"),
        "line": Prop("integer", "place in the file"),
        "recorded_at": Prop("instant", "since when it has been known in this form"),
        "run": Prop("text", "the ingest run that wrote it"),
        "state": Prop("text", "live, dangling, conflict, withdrawn"),
        "dangles": Prop("text", "`yes KEY` while a reference of it leads nowhere", indexed=True),
        "scope": Prop("text", "SOURCE:SCOPE of the register extract it belongs to", indexed=True),
        "issued": Prop("text", "day of that extract"),
        "ended_lo": Prop("day", "where a later extract no longer lists it: earliest day of its end"),
        "ended_hi": Prop("day", "latest day of its end"),
        "facts": Prop("JSON", "the edges it stands for, so that they can be replaced"),
        "todo": Prop(
            "text",
            "`STEP KEY`: the step that has not seen it yet: link, resolve (firm, person, other), node, facts; absent when all have",
            indexed=True,
        ),
    },
    schemata=("*",),
)
RECORD_VERSION = NodeType(
    "RecordVersion",
    "What a record said before it was replaced or withdrawn.",
    "id",
    {
        "id": Prop("text", "KEY@SUPERSEDED_AT"),
        "key": Prop("text", "key of the record", indexed=True),
        "schema": Prop("text", "FtM schema"),
        "payload": Prop("JSON", "the properties as read", personal=True),
        "path": Prop("text", "file"),
        "line": Prop("integer", "place in the file"),
        "recorded_at": Prop("instant", "known since"),
        "superseded_at": Prop("instant", "known until"),
    },
)
EXTRACT = NodeType(
    "Extract",
    "A register's whole picture of one thing: the newest one stands.",
    "id",
    {
        "id": Prop("text", "SOURCE:SCOPE"),
        "issued": Prop("text", "day of the newest extract"),
        "changes": Prop("list of text", "days of changes that it names"),
        "open": Prop("text", "`yes ID` while records of older extracts have not been ended yet", indexed=True),
    },
)
QUARANTINED = NodeType(
    "Quarantined",
    "A row that could not be used, with the reason.",
    "id",
    {
        "id": Prop("text", "hash of source, place and row"),
        "source": Prop("text", "name of the source"),
        "key": Prop("text", "record key where the row has one", indexed=True),
        "path": Prop("text", "file"),
        "line": Prop("integer", "place in the file"),
        "reason": Prop("text", "reason code"),
        "message_ru": Prop("text", "a sentence"),
        "message_en": Prop("text", "a sentence"),
        "record": Prop("text", "the row, cut at 10,000 characters", personal=True),
        "at": Prop("instant", "when"),
        "run": Prop("text", "the ingest run"),
    },
)
RUN = NodeType(
    "Run",
    "One ingest command.",
    "id",
    {
        "id": Prop("text", "unique"),
        "started_at": Prop("instant", "when"),
        "finished_at": Prop("instant", "when; absent while it runs or after a break"),
    },
)
KEY = NodeType(
    "Key",
    "A candidate key: records that share one are compared.",
    "id",
    {
        "id": Prop("text", "LABEL:kind:value", personal=True),
        "n": Prop("integer", "how many records hold it"),
        "hub": Prop("yes or no", "so many that it links nobody"),
    },
)
DIRTY = NodeType(
    "Dirty",
    "Something changed here and a step of the check has not seen it yet.",
    "id",
    {
        "id": Prop("text", "STEP:NODE"),
        "step": Prop("text", "derive, people or rules"),
        "kind": Prop("text", "Person, Organization, Event"),
        "node": Prop("text", "id of the node"),
        "stamp": Prop("text", "unique per mark, so that a newer mark survives"),
    },
)
LEASE = NodeType(
    "Lease",
    "Work that one process does at a time.",
    "name",
    {
        "name": Prop("text", "what is held"),
        "holder": Prop("text", "who holds it; absent when free"),
        "host": Prop("text", "machine of the holder"),
        "pid": Prop("integer", "process of the holder"),
        "until": Prop("instant", "when a silent holder counts as dead"),
    },
)
HAS_KEY = EdgeType("HAS_KEY", "The record has this candidate key.", ("Record",), ("Key",))
REFERS_TO = EdgeType("REFERS_TO", "The record names another record.", ("Record",), ("Record",), {"prop": Prop("text", "the property")})
RESOLVED_TO = EdgeType(
    "RESOLVED_TO",
    "The record stands for this real thing.",
    ("Record",),
    ("Person", "Organization", "Event", "Notification", "Thing"),
    {
        "test": Prop("text", "decisive test (domain.md 2.2) or `own`"),
        "grade": Prop("text", "certain, probable"),
        "probability": Prop("number", "0 to 1"),
        "model": Prop("text", "version of the tests"),
        "decided_by": Prop("text", "the person whose word it was, where the test is `decision`"),
        "at": Prop("instant", "when"),
    },
)
SAME_AS = EdgeType(
    "SAME_AS",
    "The two records were compared and look like one person or organization.",
    ("Record",),
    ("Record",),
    {
        "test": Prop("text", "decisive test, or `decision`"),
        "grade": Prop("text", "certain, probable, weak, data_error; reject where a person said different: what counts"),
        "probability": Prop("number", "0 to 1"),
        "judged": Prop("text", "the machine's own grade, before other records or a person's word changed it"),
        "judged_test": Prop("text", "the machine's own test"),
        "judged_probability": Prop("number", "the machine's own probability"),
        "reason": Prop("text", "code of the ground, or why the grade was lowered"),
        "data_error": Prop("yes or no", "one number on two people: a task for a person"),
    },
)
