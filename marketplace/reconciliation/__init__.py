"""Our rows and the book against what Stripe and the bank say; every difference is somebody's."""
