"""Key stages."""
