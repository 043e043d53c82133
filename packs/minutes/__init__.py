"""The minutes of a panel."""
