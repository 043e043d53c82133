"""Meetings due."""
