"""How a record is changed, its history, and what a reader may not see."""
