"""A team's monthly pack."""
