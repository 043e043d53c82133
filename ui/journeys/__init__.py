"""Journeys to permanence."""
