"""The officers' page of a proposal as judges read it who are not to know whose it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.evaluation.blind_models import HiddenWord
from bidding.evaluation.blinding import read_by_judges
from bidding.evaluation.forms import WordForm
from bidding.evaluation.operations import hide_word, show_word
from bidding.evaluation.queries import judged_blind_visible_to
from bidding.proposals.blinding import blind_content
from bidding.proposals.models import Proposal
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from foundation.permissions import can


@signed_in
def blind(request: HttpRequest, pk: int) -> HttpResponse:
    """What the judges read, the words hidden beside names, and another to hide."""
    found = visible_or_404(judged_blind_visible_to(request.user), pk=pk)
    form = WordForm(*posted(request))
    if request.method == "POST":
        gate(request.user, "hide_word", found)
        if form.sent() and form.attempt(hide_word, found, actor=request.user):
            return done(request, _("Hidden wherever it stands."), "evaluation:blind", pk)
    copy = getattr(found, "blind_copy", None)
    texts = copy.texts if copy else read_by_judges(Proposal.objects.filter(pk=pk))[pk]
    page = {
        **blind_content(found, texts),
        "form": form,
        "copy": copy,
        "words": found.hidden_words.all(),
        "original": found,
        "may_hide": can(request.user, "hide_word", found),
    }
    return render(request, "evaluation/blind.html", page)


@signed_in
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Let judges read a word after all."""
    rows = HiddenWord.objects.select_related("proposal__call")
    readable = judged_blind_visible_to(request.user)
    hidden = visible_or_404(rows.filter(proposal__in=readable), pk=pk)
    back = redirect("evaluation:blind", hidden.proposal_id).url
    return press(request, show_word, hidden, said=_("Judges will read it."), to=back)
