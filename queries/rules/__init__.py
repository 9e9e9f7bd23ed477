"""The rules: one Cypher file each, and the engine that runs them."""
