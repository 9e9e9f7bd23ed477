"""Screening of a list: a table of people or organizations in, the same rows with the best match and its reasons out."""
