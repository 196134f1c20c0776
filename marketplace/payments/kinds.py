"""What people are told about money that crosses the border of the books."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "payable_owed",
    group="payments",
    title=_("%(amount_fen)s is owed to %(organisation)s: please send the invoice"),
    body=_(
        "“%(payable)s” is due by %(due_on)s. Enter the invoice on the desk; it is paid after that."
    ),
)
kind(
    "batch_made",
    group="payments",
    title=_("Payments of %(amount_fen)s wait for your approval"),
    body=_("%(person)s made batch %(batch)s with %(count)s payments. A second person approves it."),
)
kind(
    "payout_confirmed",
    group="payments",
    title=_("%(amount_fen)s was paid to %(organisation)s"),
    body=_("For “%(payable)s”. The bank's reference of ours is %(reference)s."),
)
kind(
    "payout_failed",
    group="payments",
    title=_("The bank could not pay %(amount_fen)s to %(organisation)s"),
    body=_(
        "For “%(payable)s”. The bank said: %(note)s. "
        "Please check the bank account; it will be tried again."
    ),
)
kind(
    "deposit_recorded",
    group="payments",
    title=_("%(amount_fen)s of %(organisation)s has arrived"),
    body=_("Entered under bank reference %(reference)s; it can be pledged now."),
)
