"""Page types of the shop window."""
