"""The trackers of teams and services."""
