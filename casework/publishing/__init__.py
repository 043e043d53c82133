"""The ledger of published packs, and the commentary in them."""
