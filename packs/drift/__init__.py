"""The sheets about drift."""
