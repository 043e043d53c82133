"""Everything that is written on a page: the buttons, what came of a press, drafts, and who is writing."""
