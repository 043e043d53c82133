"""What each command of ``tracker.py`` does: ask, then print."""
