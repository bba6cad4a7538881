"""核验、销号、督办: verifying, returning, reopening, nudging."""
