"""Circles of people, firms and bodies that hang together, as the last analysis found them."""

from graph_models.model import EdgeType, NodeType, Prop

COMMUNITY = NodeType(
    "Community",
    "A community of people, firms and bodies; its id outlives a new analysis as long as most of its members stay.",
    "id",
    {
        "id": Prop("text", "stable between analyses"),
        "rank": Prop("integer", "place in the list, from 1: officials and money inside first", indexed=True),
        "size": Prop("integer", "members"),
        "payload": Prop("JSON", "what it holds, and what changed since the last analysis", personal=True),
        "computed_at": Prop("instant", "when it was found"),
    },
)
IN_COMMUNITY = EdgeType(
    "IN_COMMUNITY",
    "Membership by the last analysis.",
    ("Person", "Organization"),
    ("Community",),
    {"weight": Prop("number", "sum of the weights of its ties to other members")},
)
