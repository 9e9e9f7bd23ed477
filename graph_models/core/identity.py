"""What a person said about who is who: it stands above every test and outlives re-matching."""

from graph_models.model import EdgeType, NodeType, Prop

JUDGEMENT = NodeType(
    "Judgement",
    "A person's word on two people or two organizations: one and the same, or different. Ended, never erased.",
    "id",
    {
        "id": Prop("text", "unique"),
        "left": Prop("text", "key of the record that the one stands for"),
        "right": Prop("text", "key of the record that the other stands for"),
        "lefts": Prop("list of text", "keys of all records that were the one then, `left` first"),
        "rights": Prop("list of text", "keys of all records that were the other then, `right` first"),
        "same": Prop("yes or no", "one and the same, or different"),
        "by": Prop("text", "who said so"),
        "at": Prop("instant", "when"),
        "reason": Prop("text", "why, in his words", personal=True),
        "ended_at": Prop("instant", "when it was taken back or replaced; absent while it holds"),
        "ended_by": Prop("text", "who took it back or replaced it"),
    },
)
JUDGES = EdgeType("JUDGES", "The word is about this record.", ("Judgement",), ("Record",))
