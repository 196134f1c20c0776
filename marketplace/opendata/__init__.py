"""Open data exports."""
