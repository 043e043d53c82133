"""England's statutory timescales and adoption indicators."""
