"""May an organisation bid for a call? Every reason why not, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bidding.calls.concerned import OBSTACLES
from bidding.calls.models import Call
from bidding.calls.states import Phase, phase_of
from foundation import clock
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.organisations.queries import PUBLIC, standing_of
from foundation.organisations.standing import Against, Cause, Standing
from foundation.organisations.standing_models import ProofKind

BIDDERS = (OrganisationKind.SOCIAL, OrganisationKind.AFFILIATED, OrganisationKind.ENTERPRISE)


@dataclass(frozen=True)
class Hindrance:
    """A sentence why not, another what to do about it, and the page where that is done."""

    why: Any
    what: Any = ""
    url: str = ""

    def __str__(self) -> str:
        return str(self.why)


def may_bid(
    organisation: Organisation, call: Call, standing: Standing | None = None
) -> list[Hindrance]:
    """What keeps `organisation` from bidding for `call` now, as its own people may know it; nothing
    when it may. `standing` is the organisation's, where it is at hand already."""
    found = _of_call(call)
    if organisation.kind not in BIDDERS:
        found.append(_is_union())
    else:
        against = (standing or standing_of(organisation)).against
        found += [_own(organisation, one) for one in against]
    for function in OBSTACLES:
        found += function(organisation, call)
    return found


def may_bid_in_public(organisation: Organisation, call: Call) -> list[Hindrance]:
    """The same for anybody who asks: out of what the organisation's public page says, no more.
    Whether it bids already is never said."""
    found = _of_call(call)
    if organisation.kind not in BIDDERS:
        return [*found, _is_union()]
    page = organisation.get_absolute_url()
    return found + [_public(page, one) for one in standing_of(organisation).against]


def listed(code: str) -> Organisation | None:
    """The organisation with this credit code, if its page is public."""
    return Organisation.objects.filter(uscc=code, state__in=PUBLIC).first() if code else None


def _of_call(call: Call) -> list[Hindrance]:
    phase = phase_of(call, clock.database_now())
    if phase == Phase.OPEN:
        return []
    if phase == Phase.UPCOMING:
        opens = date_format(localtime(call.opens_at), "DATETIME_FORMAT")
        what = _("It opens on %(opens)s. Have yourself told, or put the dates into your calendar.")
        why = _("The call is not open yet.")
        return [Hindrance(why, what % {"opens": opens}, reverse("calls:subscribe"))]
    what = _("See which calls are open, or have yourself told of the next ones.")
    return [Hindrance(_("The call is not open any more."), what, reverse("calls:calls"))]


def _is_union() -> Hindrance:
    return Hindrance(
        _("Union bodies buy services here; they do not bid."),
        _("Once the proposals are judged, you find them on your desk and choose."),
    )


def _own(organisation: Organisation, against: Against) -> Hindrance:
    desk = reverse("organisations:own", args=[organisation.pk])
    state = reverse("organisations:state_proof", args=[organisation.pk])
    said = {
        Cause.UNVERIFIED: (
            _("An officer of the federation checks it. See that its facts are complete."),
            desk,
        ),
        Cause.SUSPENDED: (
            _("Ask the federation's programme office what has to be put right."),
            desk,
        ),
        Cause.DISSOLVED: (_("Bid for the organisation that took its place."), ""),
        Cause.BANNED: (
            _("Only who imposed it can lift it. After its last day you may bid again."),
            desk,
        ),
        Cause.UNCHECKED: (_("An officer checks it; you are told when that is done."), desk),
        Cause.EXPIRED: (_("State the new one, with its paper."), state),
        Cause.MISSING: (_("State it, with its paper."), state),
    }
    what, url = said[against.cause]
    return Hindrance(against.sentence, what, url)


def _public(page: str, against: Against) -> Hindrance:
    if not against.proof:
        return Hindrance(against.sentence, _("Its public page says more."), page)
    # that one was handed in, or ran out, is not public: only that none stands there
    why = _("No valid “%(proof)s” stands on its public page.") % {
        "proof": ProofKind(against.proof).label
    }
    what = _("Whoever acts for it signs in and states it, with its paper.")
    return Hindrance(why, what, reverse("account_login"))
