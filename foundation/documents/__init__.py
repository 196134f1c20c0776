"""Documents: stored once, hashed, served through a permission."""
