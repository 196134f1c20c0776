"""A stand-in for Stripe, with a memory: the real SDK talks to it over HTTP.

It holds what Stripe holds (sessions, intents, charges, refunds, disputes, transfers, connected
accounts, balance transactions, events), checks every request against the installed SDK's own
parameter classes, keeps Stripe's idempotency rules, and delivers signed webhooks as badly as asked.

    with standing_in(webhook="http://127.0.0.1:8000/…", secret="whsec_…") as stripe:
        stripe.address               # give it to the SDK as its base address
        stripe.account.pay(session)  # what people do at Stripe's own pages
        stripe.post.deliver()        # what Stripe then tells us

`python -m tests.stripe_standin` starts it by hand.
"""

from tests.stripe_standin.server import StandIn, standing_in

__all__ = ["StandIn", "standing_in"]
