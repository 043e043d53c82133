"""Hypothesis strategies: generated children and councils."""
