"""What people are told about agreements."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "agreement_offered",
    group="agreements",
    title=_("The agreement “%(agreement)s” waits for your signature"),
    body=_(
        "Read it. It can be signed from %(sign_from_on)s until %(sign_until_on)s, or refused "
        "with a reason."
    ),
)
kind(
    "agreement_half_signed",
    group="agreements",
    title=_("%(party)s signed “%(agreement)s”"),
    body=_("The other side has until %(sign_until_on)s."),
)
kind(
    "agreement_signed",
    group="agreements",
    title=_("“%(agreement)s” is in force"),
    body=_("Every side has signed. The project has begun and the first part of the money is owed."),
)
kind(
    "agreement_refused",
    group="agreements",
    title=_("“%(agreement)s” was not signed"),
    body=_("Reason: %(reason)s. The award is declined and its money goes back."),
)
kind(
    "claim_back",
    group="agreements",
    title=_("%(amount_fen)s are claimed back under “%(agreement)s”"),
    body=_("Reason: %(reason)s. Pay it to the federation's account, naming the agreement."),
)
kind(
    "recover_claim",
    group="agreements",
    title=_("%(amount_fen)s claimed under “%(agreement)s” have arrived"),
    body=_("Entered as: %(reason)s."),
)
kind(
    "waive_claim",
    group="agreements",
    title=_("A claim to %(amount_fen)s under “%(agreement)s” was given up"),
    body=_("Reason: %(reason)s."),
)
