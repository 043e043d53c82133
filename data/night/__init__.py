"""A published night, and writing that survives a power cut."""
