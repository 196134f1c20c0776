"""Writing a section of a sealed draft: sealed anew, counted, with who saved it and when."""

from __future__ import annotations

from typing import Any

from bidding.proposals.content import Files, Offer
from bidding.proposals.drafts import read_history, seal_draft
from bidding.proposals.models import Proposal
from foundation import clock


def write_draft(proposal: Proposal, section: str, offer: Offer, files: Files, actor: Any) -> None:
    """Seal the draft anew and count the change, so that a colleague who read an older state is
    warned. The caller holds the proposal's lock."""
    saves, origin = read_history(proposal)  # it opens as the revision it was sealed as
    proposal.revision += 1
    proposal.section_revisions[section] = proposal.revision
    proposal.changed_at = clock.now()
    saves[section] = {"by": str(actor), "at": proposal.changed_at.isoformat()}
    seal_draft(proposal, offer, files, saves, origin)
    proposal.save(
        update_fields=["revision", "section_revisions", "changed_at", "sealed", "sealed_key"]
    )
