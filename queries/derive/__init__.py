"""Facts become dated ties: kinship, ownership, and what contradicts itself; pure, without the graph."""
