"""What the panel writes: frozen lists, agenda, decisions, actions and themes, in a transactional database."""
