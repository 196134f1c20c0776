"""Text search in Chinese and English on both databases."""
