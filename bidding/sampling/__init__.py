"""What a sample says about all it was drawn from: pure arithmetic, no Django, no database."""
