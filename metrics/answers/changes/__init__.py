"""What changed for some children between two dates: placements, plans, reviews."""
