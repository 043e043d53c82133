"""The agenda and what is said, decided and done for each child on it."""
