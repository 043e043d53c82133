"""The one vocabulary of screen, sheet, CSV and command line. It imports nothing of the tracker's own."""
