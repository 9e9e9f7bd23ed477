"""What many findings and ties say together: risk, communities, chains, conflicts that are one contract away, forecasts."""
