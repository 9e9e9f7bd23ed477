"""Values without input or output: dates, spans, identifiers, kin algebra, records, errors."""
