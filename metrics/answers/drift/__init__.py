"""Drift between two dates."""
