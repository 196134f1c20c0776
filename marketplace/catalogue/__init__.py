"""The public catalogue of projects and money."""
