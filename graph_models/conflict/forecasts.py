"""The last forecast of signals, kept so that pages and programs need not compute it."""

from graph_models.model import NodeType, Prop

FORECAST = NodeType(
    "Forecast",
    "Signals to be expected in the next four quarters, by unit and rule.",
    "id",
    {
        "id": Prop("text", "always `last`"),
        "payload": Prop("JSON", "the series with forecasts, intervals and how the method was judged"),
        "computed_at": Prop("instant", "when it was made"),
    },
)
