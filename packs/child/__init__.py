"""A child's summary."""
