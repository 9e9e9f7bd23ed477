"""What is asked of the graph: derivations, rules, views; Cypher is data."""
