"""The Permanence Panel's pages: agenda, discussion, actions, history, barriers and trends."""
