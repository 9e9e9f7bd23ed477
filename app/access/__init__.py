"""Who may do what: accounts, sign-in, roles, units, purpose, masking and the audit chain."""
