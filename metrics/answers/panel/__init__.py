"""Facts about the children that a panel discussed."""
