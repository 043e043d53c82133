"""Extracts in another form than the Standard Safeguarding Dataset, read into the same tables of the contract."""
