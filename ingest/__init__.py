"""From files to the graph: a reader per format, one validation for all, quarantine for what cannot be used."""
