"""Publishing a report freezes what its editors chose to freeze."""

from __future__ import annotations

from typing import Any

import cms.rules  # noqa: F401  # the law of freeze_facts
from cms.reports.drawings import forget_old_drawings
from cms.reports.models import FrozenFact
from cms.reports.shapes import Fact, digest_of
from cms.reports.telling import gather, is_frozen
from foundation import clock
from foundation.audit.operations import record
from foundation.operations import lock, operation
from foundation.permissions import allow


@operation
def freeze_facts(page: Any, *, actor: Any) -> list[FrozenFact]:
    """Store what the page's frozen blocks say at this moment, in place of what they said before.

    A fact whose source is gone since (a removed question) stays as it was frozen last.
    """
    page = lock(page)
    allow(actor, "freeze_facts", page)
    now = clock.now()
    blocks = [block for block in page.body if is_frozen(block)]
    before: dict[str, FrozenFact] = {
        str(row.block): row for row in FrozenFact.objects.filter(page=page.pk)
    }
    facts = gather(blocks, page.survey)
    rows = [row for b in blocks if (row := _frozen(page, b.id, facts[b.id], before.get(b.id), now))]
    FrozenFact.objects.filter(page=page.pk).delete()
    FrozenFact.objects.bulk_create(rows)
    forget_old_drawings()
    record(
        actor,
        "freeze_facts",
        page,
        revision=page.live_revision_id,
        digests={str(row.block): row.digest for row in rows},
    )
    return rows


def _frozen(
    page: Any, block: str, fact: Fact | None, before: FrozenFact | None, now: Any
) -> FrozenFact | None:
    if fact is None and before is None:
        return None
    if fact is None and before is not None:
        fact, now = before.fact, before.frozen_at
    return FrozenFact(
        page_id=page.pk, block=block, fact=fact, digest=digest_of(fact or {}), frozen_at=now
    )
