"""Whose records are restricted."""
