"""What the graph holds: one declaration per node and relationship type, and the schemata of source records."""
