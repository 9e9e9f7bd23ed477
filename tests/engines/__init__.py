"""Tests on both database engines."""
