"""A synthetic city: families, bodies, firms and events, written in the formats of the real sources."""
