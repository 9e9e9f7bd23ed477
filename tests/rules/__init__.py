"""Tests of the way from records to findings: examples of each rule, random worlds, an oracle of their own."""
