"""Words of names and titles: where search begins, so that nobody's graph is scanned."""

from graph_models.model import EdgeType, NodeType, Prop

WORD = NodeType(
    "Word",
    "A word of names; people hold their folded surnames and «given name patronymic», organizations and events every word.",
    "id",
    {"id": Prop("text", "the word, folded", personal=True)},
)
HAS_WORD = EdgeType("HAS_WORD", "Is found by this word.", ("Person", "Organization", "Event"), ("Word",))
