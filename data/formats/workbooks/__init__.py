"""The council's own workbooks as tables of the contract, as mapping.toml in the store says."""
