"""Tests of what goes wrong: killed processes, lost connections, unusable files."""
