"""Being paid through Stripe: the organisation's account, the transfer, and its way back."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.permissions import SYSTEM, allow, can
from marketplace.payments import connect_rules, gateway, kinds  # noqa: F401  # registers the laws
from marketplace.payments.batches import confirm_payout, fail_payout
from marketplace.payments.connect_models import ConnectedAccount
from marketplace.payments.models import Payout
from marketplace.payments.part_returns import come_back
from marketplace.payments.queries import fund_managers, keepers_of
from marketplace.payments.states import BatchState, ConnectedState


@operation
def start_account(organisation: Organisation, *, actor: Any) -> ConnectedAccount:
    """Begin to be paid through Stripe; whoever presses twice goes on with the same account."""
    organisation = lock(organisation)
    allow(actor, "start_account", organisation)
    try:
        with transaction.atomic():
            account, new = ConnectedAccount.objects.get_or_create(
                organisation=organisation,
                defaults={"opened_by": actor, "opened_at": clock.now()},
            )
    except IntegrityError as faster:
        raise Clash(_("Somebody began this at the same moment; press again.")) from faster
    record(actor, "start_account", organisation, account=account.pk, again=not new)
    return account


@operation
def open_account(account: ConnectedAccount, *, number: str, actor: Any) -> ConnectedAccount:
    """Keep the account Stripe has opened; it is filled in at Stripe's own pages."""
    account = lock(account, "organisation")
    if account.number == number:
        return account
    allow(actor, "open_account", account)
    account.move_to(ConnectedState.OPEN, number=number)
    record(actor, "open_account", account, number=number)
    return account


def go_to_onboarding(organisation: Organisation, *, back_to: str, actor: Any) -> str:
    """The address at Stripe where the organisation says who it is. Stripe is called between
    transactions: a call that gets lost is made again under the same key."""
    account = start_account(organisation, actor=actor)
    try:
        if not account.number:
            number = gateway.open_account(reference=account.reference, key=account.reference)
            account = open_account(account, number=number, actor=SYSTEM)
        return gateway.onboarding_link(account.number, back_to=back_to)
    except gateway.Unreachable as silence:
        raise DomainError(
            _("Stripe cannot be reached at the moment. Try again later.")
        ) from silence


@operation
def follow_account(account: ConnectedAccount, *, ready: bool, actor: Any) -> ConnectedAccount:
    """Take over how an account stands at Stripe; heard twice, nothing is done twice."""
    account = lock(account, "organisation")
    allow(actor, "follow_account", account)
    account.told_at = clock.now()
    account.save(update_fields=["told_at"])
    goal = ConnectedState.READY if ready else ConnectedState.RESTRICTED
    if account.state == goal or (account.state == ConnectedState.OPEN and not ready):
        record(actor, "follow_account", account, state=account.state)
        return account
    account.move_to(goal)
    record(actor, "follow_account", account, state=account.state)
    url = path_to("payments:desk")
    tell(keepers_of(account.organisation), f"account_{goal}", url=url,
         organisation=str(account.organisation))  # fmt: skip
    return account


@handles("send_payout")
def _transfer(*, payout: int) -> None:
    """Ask Stripe for a transfer; asked twice, it is made once."""
    subject = Payout.objects.select_related("batch", "connected_account").get(pk=payout)
    sent = subject.batch.state == BatchState.SENT
    if subject.result != Payout.Result.WAITING or not sent or subject.connected_account is None:
        return
    try:
        number = gateway.send_money(
            to=subject.connected_account.number,
            amount_fen=subject.amount_fen,
            reference=subject.reference,
            key=f"payout:{subject.pk}",
        )
    except gateway.Declined as refusal:
        fail_payout(subject, note=str(refusal)[:200], actor=SYSTEM)
        return
    confirm_payout(subject, number=number, actor=SYSTEM)


@operation
def recall_payout(payout: Payout, *, reason: str, actor: Any) -> Payout:
    """Have a transfer taken back; it is owed again once Stripe has done so."""
    payout = lock(payout)
    allow(actor, "recall_payout", payout)
    payout.recalled_at, payout.note = clock.now(), reason[:200]
    payout.save(update_fields=["recalled_at", "note"])
    record(actor, "recall_payout", payout, reason=reason, amount_fen=payout.amount_fen)
    key = f"recall_payout:{payout.pk}:{payout.recalled_at.isoformat()}"
    schedule("recall_payout", clock.now(), key=key, payout=payout.pk)
    return payout


@operation
def refuse_recall(payout: Payout, *, note: str, actor: Any) -> Payout:
    """Stripe would not take the transfer back: the money stays with the organisation."""
    payout = lock(payout, "payable__organisation", "batch")
    allow(actor, "refuse_recall", payout)
    payout.recalled_at, payout.note = None, note[:200]
    payout.save(update_fields=["recalled_at", "note"])
    record(actor, "refuse_recall", payout, note=note)
    tell(
        fund_managers(),
        "recall_refused",
        url=path_to("payments:batch", payout.batch.number),
        amount_fen=payout.amount_fen,
        organisation=str(payout.payable.organisation),
        note=note,
    )
    return payout


@handles("recall_payout")
def _take_back(*, payout: int) -> None:
    """Ask Stripe to take a transfer back; asked twice, it is done once."""
    subject = Payout.objects.get(pk=payout)
    if subject.recalled_at is None or not can(SYSTEM, "return_payout", subject):
        return
    try:
        gateway.take_back(subject.number, key=f"recall:payout:{subject.pk}")
    except gateway.Declined as refusal:
        refuse_recall(subject, note=str(refusal), actor=SYSTEM)
        return
    subject.refresh_from_db()
    come_back(
        subject,
        amount_fen=subject.kept_fen,
        note=subject.note,
        once=f"stripe:{subject.amount_fen}",
        actor=SYSTEM,
    )
