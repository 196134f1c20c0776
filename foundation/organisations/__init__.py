"""Organisations: the union tree, social organisations, memberships, standing."""
