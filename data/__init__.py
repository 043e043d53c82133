"""From a night of extracts to a published night: the contract, reading, checks, the store, the synthetic county."""
