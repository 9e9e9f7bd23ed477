"""What people do with signals: the procedure as data, decisions, terms."""
