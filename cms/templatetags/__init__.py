"""Tags of the shop window."""
