"""The HTTP interface: one module per noun; every module with a `router` here is served."""
