"""Of which kind a child is."""
