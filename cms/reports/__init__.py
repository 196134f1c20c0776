"""Report pages: facts live or frozen, charts drawn when their data changes, and the paper."""
