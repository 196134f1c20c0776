"""What is told about proposals; before the opening only to the organisation itself."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "proposal_submitted",
    group="proposals",
    title=_("Handed in: receipt %(receipt)s"),
    body=_(
        "Your proposal for %(call)s was handed in on %(submitted_at)s and is sealed until the "
        "call closes. Receipt %(receipt)s. SHA-256 of exactly what you handed in: %(sha256)s."
    ),
    discreet=True,
)
kind(
    "proposal_withdrawn",
    group="proposals",
    title=_("Withdrawn: your proposal for %(call)s"),
    body=_("It does not take part any more. Until %(closes_at)s you can hand it in again."),
    discreet=True,
)
kind(
    "proposal_opened",
    group="proposals",
    title=_("Opened: your proposal for %(call)s"),
    body=_("What counts is the envelope with receipt %(receipt)s. An officer now checks it."),
)
kind(
    "shares_asked",
    group="proposals",
    title=_("Open the envelopes together: %(call)s"),
    body=_(
        "The call has closed. You keep a share of its key: give it, and another keeper theirs. "
        "Until then nobody's envelope is open, and you are reminded daily."
    ),
)
kind(
    "envelopes_stay_shut",
    group="proposals",
    title=_("Still shut: the envelopes of %(call)s"),
    body=_(
        "The call has closed, but its key cannot be had: it is not in the key store, or too few of "
        "its keepers are officers still. Tell whoever runs the platform. It is tried again by "
        "itself."
    ),
)
kind(
    "envelope_damaged",
    group="proposals",
    title=_("Could not be opened: your proposal for %(call)s"),
    body=_(
        "The envelope with receipt %(receipt)s is not what was handed in any more: its ciphertext "
        "was changed. The officers know. With the copy you kept of what you handed in it can still "
        "be opened until the judges are drawn."
    ),
)
kind(
    "damaged_envelope_opened",
    group="proposals",
    title=_("Opened after all: a proposal for %(call)s"),
    body=_(
        "%(organisation)s: the damaged envelope with receipt %(receipt)s was opened from a copy "
        "with the fingerprint taken down when it was handed in. It can be checked now."
    ),
)
kind(
    "envelopes_damaged",
    group="proposals",
    title=_("Envelopes that could not be opened: %(call)s"),
    body=_("%(envelopes)s of them are not what was handed in any more. All others are open."),
)
kind(
    "partner_asked",
    group="proposals",
    title=_("%(organisation)s asks you to be partner: %(call)s"),
    body=_("Say until %(closes_at)s whether you take part. You see what it would be, and answer."),
    discreet=True,
)
kind(
    "partner_dropped",
    group="proposals",
    title=_("You are not asked any more: %(call)s"),
    body=_(
        "%(organisation)s has taken you out of its draft. If it handed one in before that names "
        "you, that one counts until it hands in again; say no, and it is shown with your no."
    ),
    discreet=True,
)
kind(
    "partner_confirmed",
    group="proposals",
    title=_("%(partner)s is your partner: %(call)s"),
    body=_("It has confirmed that it takes part in your proposal."),
    discreet=True,
)
kind(
    "partner_refused",
    group="proposals",
    title=_("%(partner)s does not take part: %(call)s"),
    body=_(
        "Take it out of your proposal, or ask again. An envelope you handed in that names it will "
        "be shown with its refusal: hand in again without it."
    ),
    discreet=True,
)
kind(
    "draft_left_behind",
    group="proposals",
    title=_("Not handed in: your draft for %(call)s"),
    body=_("The call has closed. The draft was not handed in; nobody else can read it."),
)
kind(
    "envelopes_opened",
    group="proposals",
    title=_("Envelopes opened: %(call)s"),
    body=_("%(proposals)s proposals were handed in. They can be checked now."),
)
