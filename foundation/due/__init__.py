"""Due events: what has to happen at a moment."""
