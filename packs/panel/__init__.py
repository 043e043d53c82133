"""The Permanence Panel's pack."""
