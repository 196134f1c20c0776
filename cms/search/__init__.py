"""Search over words and facts together: what an anonymous reader may see, and nothing else."""
