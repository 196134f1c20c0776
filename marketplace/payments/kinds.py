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
    "payable_called_off",
    group="payments",
    title=_("%(amount_fen)s less is owed to %(organisation)s"),
    body=_(
        "“%(payable)s”: the project was broken off. If something is left to be paid, it needs a "
        "new invoice over just that."
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
    body=_("For “%(payable)s”. Our reference is %(reference)s; the payment advice is there."),
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
    "payout_returned",
    group="payments",
    title=_("A payment of %(amount_fen)s to %(organisation)s came back"),
    body=_(
        "For “%(payable)s”. What was said: %(note)s. "
        "Please check the bank account; it will be paid again."
    ),
)
kind(
    "payout_part_returned",
    group="payments",
    title=_("%(amount_fen)s of a payment to %(organisation)s came back"),
    body=_(
        "Of %(whole_fen)s for “%(payable)s”. What was said: %(note)s. "
        "This part will be paid again; the rest stays paid."
    ),
)
kind(
    "account_ready",
    group="payments",
    title=_("%(organisation)s can be paid through Stripe"),
    body=_("Stripe has all it needs. A fund manager chooses the way with each payment."),
)
kind(
    "account_restricted",
    group="payments",
    title=_("Stripe wants to know more about %(organisation)s"),
    body=_("Until then you are paid by bank transfer. Go on at Stripe from the desk."),
)
kind(
    "recall_refused",
    group="payments",
    title=_("%(amount_fen)s to %(organisation)s could not be taken back"),
    body=_("What was said: %(note)s. The money stays with the organisation."),
)
kind(
    "deposit_recorded",
    group="payments",
    title=_("%(amount_fen)s of %(organisation)s has arrived"),
    body=_("Entered under bank reference %(reference)s; it can be pledged now."),
)
kind(
    "refund_asked",
    group="payments",
    title=_("%(amount_fen)s goes back to %(organisation)s"),
    body=_("The reason given is: %(reason)s. It goes back the way it came."),
)
kind(
    "refund_confirmed",
    group="payments",
    title=_("%(amount_fen)s was given back to %(organisation)s"),
    body=_("The refund has been paid. Your bank may need some days to show it."),
)
kind(
    "refund_failed",
    group="payments",
    title=_("%(amount_fen)s could not be given back to %(organisation)s"),
    body=_("What was said: %(note)s. The money is here again as the union's own."),
)
kind(
    "deposit_short",
    group="payments",
    title=_("%(organisation)s owes %(amount_fen)s"),
    body=_(
        "Payment %(reference)s was taken back after its money had been spent or promised. "
        "What the union pays in next settles this first."
    ),
)
kind(
    "dispute_opened",
    group="payments",
    title=_("A payment of %(organisation)s is disputed: %(amount_fen)s"),
    body=_(
        "Payment %(reference)s was called in by the payer's bank. If the union did pay, please "
        "tell the federation at once: the bank decides by what it is shown."
    ),
)
kind(
    "dispute_closed",
    group="payments",
    title=_("The dispute over %(amount_fen)s of %(organisation)s is decided"),
    body=_("The bank's decision: %(outcome)s."),
)
kind(
    "event_held",
    group="payments",
    title=_("Stripe told something that needs a person"),
    body=_("%(event)s: %(why)s"),
)
