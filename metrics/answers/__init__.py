"""Answers that are more than a list, a folder a subject."""
