"""Agreements: contracts, signatures, tranches."""
