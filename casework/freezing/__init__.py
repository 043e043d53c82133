"""Freezing a panel, and reading what was frozen."""
