"""The top floor: the shop window, in words an editor may change."""
