"""Core types: what all subdomains meet in."""
