"""Judging without names: words an officer hides, and the copies judges read."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.evaluation import rules  # noqa: F401  (the laws, always there)
from bidding.evaluation.blind_models import BlindCopy, HiddenWord
from bidding.evaluation.models import Panel
from bidding.proposals.blinding import Texts, blind_texts, hide_in
from bidding.proposals.models import Proposal
from bidding.proposals.queries import with_parts
from bidding.proposals.redaction import Names, Redaction
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.permissions import allow


@operation
def hide_word(proposal: Proposal, *, word: str, actor: Any) -> HiddenWord:
    """Hide a word in this proposal, too, from the judges who are not to know whose it is; in what
    they read already as well."""
    proposal = lock(proposal, "call")
    allow(actor, "hide_word", proposal)
    word = " ".join(word.split())
    redaction = Redaction(Names(words=(word,)))
    if redaction.hides_nothing:
        raise DomainError(_("Give a word of two letters or more."), field="word")
    try:
        with transaction.atomic():
            hidden = HiddenWord.objects.create(
                proposal=proposal, word=word, hidden_by=actor, hidden_at=clock.now()
            )
    except IntegrityError as twice:
        raise Clash(_("This word is hidden already."), field="word") from twice
    copy = BlindCopy.objects.select_for_update().filter(proposal=proposal).first()
    if copy is not None:
        copy.texts = hide_in(copy.texts, redaction)
        copy.save(update_fields=["texts"])
    record(actor, "hide_word", proposal, word=word)
    return hidden


@operation
def show_word(hidden: HiddenWord, *, actor: Any) -> None:
    """Let judges read the word after all; once they score, what is hidden stays hidden."""
    proposal = lock(hidden.proposal, "call")
    hidden = lock(hidden)
    hidden.proposal = proposal
    allow(actor, "show_word", hidden)
    record(actor, "show_word", proposal, word=hidden.word)
    hidden.delete()


def read_by_judges(proposals: QuerySet[Proposal]) -> dict[int, Texts]:
    """Proposal id → its texts as judges will read them: names hidden, and officers' words."""
    rows = list(with_parts(proposals).select_related("lot").prefetch_related("hidden_words"))
    texts = blind_texts(rows)
    for one in rows:
        if words := tuple(row.word for row in one.hidden_words.all()):
            texts[one.pk] = hide_in(texts[one.pk], Redaction(Names(words=words)))
    return texts


def copy_for_judges(panel: Panel, proposals: Iterable[Proposal]) -> None:
    """Write down what the judges read, under numbers drawn by lot; under others where the call is
    judged anew."""
    BlindCopy.objects.filter(panel=panel).delete()
    rows = Proposal.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.pk for one in proposals]
    )
    texts = read_by_judges(rows)
    order = list(texts)
    secrets.SystemRandom().shuffle(order)
    BlindCopy.objects.bulk_create(
        BlindCopy(panel=panel, proposal_id=pk, number=number, texts=texts[pk])
        for number, pk in enumerate(order, start=1)
    )
