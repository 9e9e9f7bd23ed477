"""The conflict-of-interest subdomain: kin, ownership, powers, events, findings."""
