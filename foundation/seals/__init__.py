"""Seals: append freely, seal in blocks later."""
