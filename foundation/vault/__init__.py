"""The vault: keys that are kept outside the database, and what is locked up under them."""
