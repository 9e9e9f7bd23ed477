"""Measured quality of screening: labelled pairs, what is measured on them, and the gate."""
