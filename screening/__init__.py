"""Who is who: names, facts, candidate keys, the decisive tests and clusters; nothing here knows the graph."""
