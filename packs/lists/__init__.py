"""The sheets that show figures and lists of children."""
