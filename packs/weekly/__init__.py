"""The Monday pack of a team."""
