"""From files to typed tables: each row is used, quarantined or refused."""
