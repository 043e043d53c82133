"""What surrounds every page: its frame, header, navigation and print style."""
