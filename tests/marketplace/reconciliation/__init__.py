"""Our rows against what Stripe and the bank say."""
