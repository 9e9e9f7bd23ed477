"""Comparisons, one field a file: two values in, a level out. Level 0 is always "unknown" and weighs nothing; higher agrees better."""
