"""What the load found, and what moved since the load before."""
