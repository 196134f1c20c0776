"""Drawing samples and looking at what was drawn."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from bidding.calls.models import Call
from bidding.evaluation.models import Screening
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.operations import lock, operation
from foundation.permissions import allow
from marketplace.auditing import rules as _rules  # noqa: F401  # the laws are registered
from marketplace.auditing.drawing import draw
from marketplace.auditing.models import Item, Sample
from marketplace.auditing.populations import POPULATIONS, identifiers_of, rows_of_kind
from marketplace.auditing.states import ItemState
from marketplace.ledger.models import Fund, Journal
from marketplace.payments.models import Payout

LARGEST = 500
"""More than anybody looks at one by one."""


@operation
def draw_sample(
    *,
    kind: str,
    size: int,
    fund: Fund | None = None,
    call: Call | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    seed: str = "",
    purpose: str = "",
    actor: Any,
) -> Sample:
    """Draw `size` of the rows that fit, by a seed the platform throws unless one is given
    (dice rolled before witnesses). The rule is in `drawing`; what is needed to draw again is kept.
    """
    allow(actor, "draw_sample")
    _refuse_nonsense(
        kind=kind, size=size, fund=fund, call=call, since=since, until=until, seed=seed
    )
    rows = rows_of_kind(kind, fund=fund, call=call, since=since, until=until)
    last = rows.order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        raise DomainError(_("Nothing fits, so nothing can be drawn."), field="kind")
    rows = rows.filter(pk__lte=last)
    seed = seed or secrets.token_hex(16)
    drawn = draw(seed, identifiers_of(kind, rows), size)
    if size > drawn.population:
        sentence = _("Only %(count)s fit: draw no more than that.") % {"count": drawn.population}
        raise DomainError(sentence, field="size")
    sample = Sample.objects.create(
        kind=kind,
        fund=fund,
        call=call,
        since=since,
        until=until,
        last_row=last,
        population=drawn.population,
        population_sha256=drawn.sha256,
        seed=seed,
        size=size,
        purpose=purpose,
        drawn_by=actor,
        drawn_at=clock.now(),
    )
    _keep(sample, drawn.members)
    record(
        actor,
        "draw_sample",
        sample,
        seed=seed,
        size=size,
        population=drawn.population,
        sha256=drawn.sha256,
    )
    return sample


def _refuse_nonsense(
    *,
    kind: str,
    size: int,
    fund: Fund | None,
    call: Call | None,
    since: dt.date | None,
    until: dt.date | None,
    seed: str,
) -> None:
    if kind not in POPULATIONS:
        raise DomainError(_("Nothing can be drawn from this."), field="kind")
    if not 1 <= size <= LARGEST:
        raise DomainError(_("Draw between 1 and %(most)s.") % {"most": LARGEST}, field="size")
    if fund and not (POPULATIONS[kind].fund or POPULATIONS[kind].model is Journal):
        raise DomainError(_("A screening decision belongs to no fund."), field="fund")
    if call and not POPULATIONS[kind].call:
        raise DomainError(_("These belong to a fund, not to a call."), field="call")
    if since and until and since > until:
        raise DomainError(_("The period ends before it begins."), field="until")
    if seed and not re.fullmatch(r"[0-9A-Za-z-]{1,64}", seed, re.ASCII):
        raise DomainError(_("A seed is made of digits, letters and hyphens."), field="seed")


def _keep(sample: Sample, members: list[str]) -> None:
    """Write down the items in the order of the draw, each with the name it has now."""
    keys = [int(member.split(":")[1]) for member in members]
    related = {
        Payout: ("payable__organisation",),
        Screening: ("proposal",),
    }.get(POPULATIONS[sample.kind].model, ())
    rows: Any = POPULATIONS[sample.kind].model._default_manager
    found = (rows.select_related(*related) if related else rows.all()).in_bulk(keys)
    Item.objects.bulk_create(
        Item(sample=sample, position=position, row=key, name=name_of(found[key])[:200])
        for position, key in enumerate(keys, start=1)
    )


def name_of(row: Model) -> str:
    """What a sampled row is called on the page of its sample."""
    if isinstance(row, Payout):
        return f"{row.reference} {row.payable.organisation}"
    if isinstance(row, Screening):
        return f"{row.proposal}: {row.get_decision_display()}"
    if isinstance(row, Journal):
        return f"{row.get_kind_display()} {row.memo or row.reference}"
    return f"{getattr(row, 'number', '')} {getattr(row, 'title', row)}".strip()


@operation
def check_item(item: Item, *, note: str = "", actor: Any) -> Item:
    """Somebody looked at a drawn item, and nothing was wrong."""
    item = lock(item, "sample")
    allow(actor, "check_item", item)
    item.move_to(ItemState.SOUND, note=note, checked_by=actor, checked_at=clock.now())
    record(actor, "check_item", item, sample=item.sample_id)
    return item
