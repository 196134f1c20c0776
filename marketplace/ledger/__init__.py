"""The book: double entry, kept by the database."""
