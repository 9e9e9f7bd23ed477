"""The access subdomain: accounts, sessions, keys and the audit log; no other subdomain sees it."""
