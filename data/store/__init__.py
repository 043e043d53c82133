"""The store of nights: publishing, retention, which night is shown."""
