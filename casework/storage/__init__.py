"""Where it is kept: the database, its versions and backup, and the chain of hashes."""
