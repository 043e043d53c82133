"""What is kept: the records as dataclasses, their tables, their errors, and how two versions are merged."""
