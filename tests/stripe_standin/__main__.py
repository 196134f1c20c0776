"""Starting the stand-in by hand: `python -m tests.stripe_standin --webhook http://…`."""

from __future__ import annotations

import argparse
import time

from tests.stripe_standin.server import KEY, standing_in


def main() -> None:
    """Stand in until Ctrl-C; what happens is told to the webhook at once, then every 5 seconds."""
    given = argparse.ArgumentParser(description="Stripe's stand-in")
    given.add_argument("--port", type=int, default=12111)
    given.add_argument("--webhook", default="http://127.0.0.1:8000/payments/stripe/")
    given.add_argument("--secret", default="whsec_standin")
    asked = given.parse_args()
    with standing_in(asked.webhook, asked.secret, port=asked.port) as stripe:
        print(f"STRIPE_API_BASE={stripe.address}")
        print(f"STRIPE_SECRET_KEY={KEY}")
        print(f"STRIPE_WEBHOOK_SECRET={asked.secret}")
        while True:
            time.sleep(1)
            stripe.post.deliver()


if __name__ == "__main__":
    main()
