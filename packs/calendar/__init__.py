"""The calendar as a file that calendar programs read."""
