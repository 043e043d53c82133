"""Invented panels over a synthetic county."""
