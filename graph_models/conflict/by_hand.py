"""Facts that people enter by hand: the form as filled, who filled it and why; the facts themselves are records of a source."""

from graph_models.model import NodeType, Prop

_ENTERED = {
    "kind": Prop("text", "kin, post, notice"),
    "person": Prop("text", "id of the official it is about", personal=True),
    "draft": Prop("JSON", "the form's fields", personal=True),
    "by": Prop("text", "user who entered it"),
    "at": Prop("instant", "when"),
    "reason": Prop("text", "why it was corrected or withdrawn"),
    "withdrawn": Prop("boolean", "no longer stated"),
}
HAND_FACT = NodeType(
    "HandFact",
    "A fact entered by hand as it stands; its records are HAND_SOURCE:ID….",
    "id",
    {"id": Prop("text", "unique; the id of its record"), **_ENTERED},
)
HAND_FACT_VERSION = NodeType(
    "HandFactVersion",
    "What a fact entered by hand was before it was corrected or withdrawn.",
    "id",
    {"id": Prop("text", "FACT@AT"), "fact": Prop("text", "id of the fact", indexed=True), **_ENTERED},
)
