"""What the documents ask for: every sentence that a tracker could track, and which rules track it."""
