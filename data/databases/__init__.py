"""The databases that the tracker writes in: opening them, what they refuse, and the file that names the newest entry of a chain."""
