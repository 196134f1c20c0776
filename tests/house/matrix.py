"""Every address of the house asked by every role: how it is asked, of what, and what came back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from foundation.people.models import Person
from tests.factories.dumps import told
from tests.house.sources import FLOORS
from tests.house.town import Town

ROLES = (
    "anonymous", "bidder", "stranger", "buyer", "officer",
    "fund_manager", "auditor", "expert", "editor", "administrator",
)  # fmt: skip
SPECIMENS: dict[str, str] = {
    # what stands before a parameter in the route → whose key (or which column) stands for it
    "calls/": "bidding.Call.number",
    "desk/calls/": "bidding.Call.number",
    "desk/calls/questions/": "bidding.Clarification",
    "desk/evaluation/": "bidding.Call.number",
    "desk/evaluation/discussed/": "bidding.Discussed",
    "desk/evaluation/discussions/": "bidding.Discussion",
    "desk/evaluation/experts/": "bidding.Expert",
    "desk/evaluation/lots/": "bidding.Lottery",
    "results/lots/": "bidding.Call.number",
    "desk/evaluation/places/": "bidding.Place",
    "desk/evaluation/proposals/": "bidding.Proposal",
    "desk/evaluation/roadshows/": "bidding.Roadshow",
    "desk/evaluation/seats/": "bidding.Seat",
    "desk/evaluation/sheets/": "bidding.Sheet",
    "desk/evaluation/ties/": "bidding.Employment",
    "desk/evaluation/words/": "bidding.HiddenWord",
    "desk/evaluation/turns/": "bidding.Turn",
    "roadshows/": "bidding.Roadshow.key",
    "desk/matching/roadshows/": "bidding.Roadshow.key",
    "desk/matching/turns/": "bidding.Turn",
    "results/rankings/": "bidding.Call.number",
    "results/": "bidding.Notice.number",
    "calls/subscribe/": "bidding.Subscription",
    "results/objections/": "bidding.Objection",
    "needs/": "bidding.Need",
    "needs/surveys/": "bidding.Survey.slug",
    "desk/needs/": "bidding.Need",
    "desk/needs/surveys/": "bidding.Survey.slug",
    "desk/needs/questions/": "bidding.Question",
    "desk/needs/quotas/": "bidding.Quota",
    "desk/needs/totals/": "bidding.KnownTotals",
    "s/": "bidding.Survey.link",
    "u/": "bidding.Quota",
    "paper/": "bidding.Intake",
    "draw/": "bidding.Option",
    "desk/notices/objections/": "bidding.Objection",
    "desk/proposals/": "bidding.Proposal",
    "projects/": "marketplace.Project.number",
    "documents/": "foundation.Document.uuid",
    "organisations/": "foundation.Organisation",
    "unions/": "foundation.Union",
    "desk/inbox/": "foundation.Notification",
    "desk/outbox/": "foundation.Outgoing",
    "desk/people/": "foundation.Person",
    "desk/people/posts/": "foundation.Appointment",
    "desk/organisations/": "foundation.Organisation",
    "desk/organisations/proofs/": "foundation.Proof",
    "desk/people/invitations/": "foundation.Invitation",
    "desk/organisations/requirements/": "foundation.RequiredProof",
    "desk/organisations/claims/": "foundation.Claim",
    "desk/organisations/replacements/": "foundation.Replacement",
    "desk/organisations/members/": "foundation.Membership",
    "desk/organisations/bans/": "foundation.Ban",
    "desk/organisations/relations/": "foundation.RelatedParty",
    "desk/workdays/days/": "foundation.SpecialDay",
    "desk/proposals/attachments/": "bidding.Attachment",
    "desk/partners/": "bidding.Partner",
    "desk/spending/": "marketplace.Award",
    "desk/matching/interests/": "marketplace.Interest",
    "desk/agreements/award/": "marketplace.Award",
    "desk/payments/bank-account/": "foundation.Organisation",
    "desk/agreements/": "marketplace.Agreement",
    "desk/agreements/party/": "marketplace.Party",
    "desk/awards/": "marketplace.Award",
    "desk/awards/runs/": "marketplace.AllocationRun",
    "desk/awards/calls/": "bidding.Call.number",
    "desk/delivery/": "marketplace.Project",
    "desk/delivery/milestones/": "marketplace.Milestone",
    "desk/delivery/expenses/": "marketplace.Expense",
    "desk/delivery/halts/": "marketplace.Halt",
    "desk/delivery/extensions/": "marketplace.Extension",
    "desk/delivery/askings/": "marketplace.Asking",
    "say/": "marketplace.Asking.code",
    "rate/": "marketplace.Asking.code",
    "complaints/": "marketplace.Complaint.number",
    "desk/complaints/": "marketplace.Complaint",
    "desk/delivery/evidence/": "marketplace.Evidence",
    "desk/delivery/reports/": "marketplace.Report",
    "desk/ledger/budgets/": "marketplace.Account",
    "desk/ledger/funds/": "marketplace.Fund.code",
    "desk/ledger/accounts/": "marketplace.Account",
    "desk/ledger/journals/": "marketplace.Journal",
    "desk/matching/proposals/": "bidding.Proposal",
    "desk/matching/pledges/": "marketplace.Pledge",
    "desk/matching/notes/": "marketplace.Note",
    "desk/matching/shelves/": "foundation.Organisation",
    "desk/matching/calls/": "bidding.Call.number",
    "desk/matching/runs/": "marketplace.AllocationRun",
    "desk/matching/limits/": "marketplace.GroupLimit",
    "desk/matching/exclusions/": "marketplace.Exclusion",
    "desk/matching/refusals/": "marketplace.Match",
    "results/calls/": "bidding.Call.number",
    "desk/payments/accounts/": "marketplace.BankAccount",
    "desk/payments/owed/": "marketplace.Payable",
    "desk/payments/batches/": "marketplace.Batch.number",
    "desk/payments/batches/new/": "marketplace.Fund.code",
    "desk/payments/payouts/": "marketplace.Payout",
    "desk/payments/deposits/": "marketplace.Deposit",
    "desk/payments/refunds/": "marketplace.Refund",
    "desk/payments/announced/": "marketplace.Remittance",
    "desk/payments/stripe/": "marketplace.StripeEvent",
    "desk/payments/statements/": "marketplace.Statement",
    "desk/payments/lines/": "marketplace.StatementLine",
    "desk/payments/stripe-account/": "foundation.Organisation",
    "desk/payments/comparison/": "marketplace.Difference",
    "desk/payments/comparison/runs/": "marketplace.Reconciliation",
    "desk/honoraria/": "bidding.Call.number",
    "desk/honoraria/rows/": "marketplace.Honorarium",
    "desk/auditing/inspections/": "marketplace.Inspection",
    "desk/auditing/dossiers/": "marketplace.Project",
    "desk/auditing/samples/": "marketplace.Sample",
    "desk/auditing/items/": "marketplace.Item",
    "desk/auditing/findings/note/": "marketplace.Project",
    "desk/auditing/findings/": "marketplace.Finding.number",
    "desk/auditing/readings/": "foundation.Organisation",
}
PLAIN = {
    **{"step": "1", "year": "2026", "section": "plan", "version": "1"},
    **{"kind": "project", "token": "no-such-token", "margin": "industry"},
    **{"road": "contest", "rule": "cure_days"},
}
"""Parameters that name no row."""


def addresses() -> Iterator[tuple[str, str, list[str]]]:
    """(name, route, parameters) of every address in the floors' own URL configurations."""

    def walk(patterns: list[Any], space: str, route: str) -> Iterator[tuple[str, str, list[str]]]:
        for pattern in patterns:
            part = str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inside = pattern.namespace or space
                yield from walk(pattern.url_patterns, inside, route + part.lstrip("^"))
            elif isinstance(pattern, URLPattern):
                home = str(getattr(pattern.callback, "__module__", "")).split(".")[0]
                if home in FLOORS and pattern.name and space:
                    found = re.findall(r"<(?:\w+:)?(\w+)>", route + part)
                    yield f"{space}:{pattern.name}", route + part, found

    yield from walk(get_resolver().url_patterns, "", "")


def specimen(address: str, route: str, names: list[str], chosen: Mapping[str, Any]) -> list[Any]:
    """What to put into the route's parameters: what was chosen, else the first row of the kind."""
    given = []
    for name in names:
        if name in PLAIN:
            given.append(PLAIN[name])
            continue
        before = re.split(rf"<(?:\w+:)?{name}>", route)[0]
        known = [prefix for prefix in SPECIMENS if re.sub(r"<[^>]+>/", "", before).endswith(prefix)]
        if not known:
            raise LookupError(f"{route}: no specimen for what follows {before!r}")
        longest = max(known, key=len)
        if address in chosen or longest in chosen:
            given.append(chosen.get(address, chosen.get(longest)))
            continue
        label, _dot, column = SPECIMENS[longest].partition(".")[2].partition(".")
        model = apps.get_model(SPECIMENS[longest].split(".")[0], label)
        row = model._default_manager.order_by("pk").first()
        missing = "00000000-0000-0000-0000-000000000000" if name == "key" else 999_999
        given.append(getattr(row, column or "pk") if row else missing)
    return given


def signed_in(someone: Person | None) -> Client:
    """A browser in which this person has just signed in, with both steps."""
    client = Client(raise_request_exception=False)
    if someone is not None:
        client.force_login(someone, backend=settings.AUTHENTICATION_BACKENDS[-1])
        session = client.session
        session["account_authentication_methods"] = [
            {
                "method": "mfa",
                "at": time.time() + 3600,
            }  # the table takes longer than a step is fresh
        ]
        session.save()
    return client


def ask(client: Client, path: str) -> tuple[str, bytes]:
    """(one character for what the address answers, see ANSWERS; its body); nothing is kept."""
    with transaction.atomic():
        response = client.get(path)
        if response.status_code == 405:
            response = client.post(path)
        body = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]  # a streaming response's own
        transaction.set_rollback(True)
    if response.status_code in (301, 302):
        signing_in = ("/accounts/", "/desk/secure")
        return ">" if response["Location"].startswith(signing_in) else ")", body
    return ANSWERS.get(response.status_code, f"[{response.status_code}]"), body


ANSWERS = {200: ".", 403: "x", 404: "0", 409: "s", 405: "-", 400: "?"}
"""200 a page · `>` sign in first · `)` sent on · 403 · 404 · 409 a sentence · 405 · 400."""


def observed(
    town: Town, asking: Callable[[str], Collection[str]] = lambda name: ROLES
) -> tuple[dict[str, str], list[str]]:
    """What every address answers every role, and the addresses that cannot be asked.

    `asking` names the roles that ask an address; a role that does not leaves a blank.
    """
    rows: dict[str, str] = {}
    faults: list[str] = []
    seen: set[str] = set()
    browsers = {role: signed_in(town.people[role]) for role in ROLES}
    for name, route, parameters in addresses():
        try:
            path = reverse(name, args=specimen(name, route, parameters, town.chosen))
        except Exception as fault:  # whatever is wrong with an address is one line of the report
            faults.append(f"{name}: {fault}")
            continue
        roles, answers = asking(name), []
        for role in ROLES:
            answer, body = ask(browsers[role], path) if role in roles else (" ", b"")
            answers.append(answer)
            if role != "bidder" and (said := told(body, town.sealed)):
                faults.append(f"{name} tells the {role} what is sealed: {said}")
            seen |= {word for word in town.sealed if role == "bidder" and told(body, [word])}
        rows[name] = "".join(answers)
    faults += [f"not even its bidder is told: {word}" for word in town.sealed if word not in seen]
    return rows, faults
