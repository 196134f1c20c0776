"""How often a public page is read, counted without knowing by whom."""
