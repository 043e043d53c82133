"""What is coming for each child, day by day."""
