"""What verifiers and chains are called by people; their own names stay in files and logs."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CHAINS = {
    "book": gettext_lazy("transfers of the book"),
    "trail": gettext_lazy("the trail"),
    "readings": gettext_lazy("who read what"),
}
VERIFIERS = {
    "books": gettext_lazy("the books: every sum and every promise"),
    "guards": gettext_lazy("the database's own refusals"),
    "receipts": gettext_lazy("proposals against their receipts"),
    "notices": gettext_lazy("public notices"),
    "rankings": gettext_lazy("rankings and their scores"),
    "allocations": gettext_lazy("how money was shared out"),
    "documents": gettext_lazy("every file that was kept"),
    "agreements": gettext_lazy("agreements and their signatures"),
    "samples": gettext_lazy("samples, drawn again"),
    "reconciliation": gettext_lazy("the comparison with Stripe and the bank"),
    "due events": gettext_lazy("what time should have brought"),
    "outbox": gettext_lazy("letters that should have left"),
}
SEALS = "seals of "


def chain_said(name: str) -> str:
    """A sealed chain, in words."""
    return str(CHAINS.get(name, name))


def said(name: str) -> str:
    """A verifier, in words; one that has none yet is called by its own name."""
    if name.startswith(SEALS):
        return _("seals: %(chain)s") % {"chain": chain_said(name.removeprefix(SEALS))}
    return str(VERIFIERS.get(name, name))
