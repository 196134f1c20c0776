"""The book: funds, accounts, journals and transfers; what is never false is the database's word."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import Document
from foundation.organisations.models import Organisation


class Fund(models.Model):
    """A pot of money for a span of time, such as the seed fund of one year."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    warn_percent = models.PositiveSmallIntegerField(
        _("warn when less than this is free, in percent"), default=10, editable=False
    )
    lapsed_on = models.DateField(_("lapsed"), null=True, blank=True, editable=False)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="predecessors",
        verbose_name=_("carried over to"),
    )

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("ends_on")), name="fund_span_forward"
            ),
            models.CheckConstraint(condition=Q(warn_percent__lte=100), name="fund_warn_percent"),
            models.CheckConstraint(
                condition=Q(successor=None) | (Q(lapsed_on__isnull=False) & ~Q(successor=F("id"))),
                name="fund_carried_when_lapsed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Shortage(models.Model):
    """A fund, or a union's budget in it, that was nearly used up; told when it began."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="shortages")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("union")
    )
    given_fen = models.BigIntegerField(_("given"))
    free_fen = models.BigIntegerField(_("free"))
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("shortage")
        verbose_name_plural = _("shortages")
        constraints = [
            models.UniqueConstraint(
                fields=["fund"],
                condition=Q(ended_at=None, organisation=None),
                name="shortage_one_of_a_fund",
            ),
            models.UniqueConstraint(
                fields=["fund", "organisation"],
                condition=Q(ended_at=None),
                name="shortage_one_of_a_union",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.fund}: {self.free_fen} / {self.given_fen}"


class Place(models.TextChoices):
    """The rooms of the house that money moves through, in the order it passes them."""

    AUTHORITY = "authority", _("appropriating authority")
    AVAILABLE = "available", _("fund, available")
    BUYER = "buyer", _("allocated to a union")
    OWN = "own", _("a union's own money")
    RESERVED = "reserved", _("reserved for an award")
    ENCUMBERED = "encumbered", _("bound by an agreement")
    PAYABLE = "payable", _("owed to an organisation")
    PAID = "paid", _("paid out")
    CLEARING = "clearing", _("deposits arriving")
    RECEIVABLE = "receivable", _("to be given back by an organisation")
    SHORTFALL = "shortfall", _("a union's charged-back deposit")
    CARRIED = "carried", _("carried over between funds")


class Account(models.Model):
    """One place money can be. Its two sums are moved only by the database, as transfers arrive."""

    code = models.CharField(_("code"), max_length=120, unique=True)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="accounts")
    place = models.CharField(_("kind of account"), max_length=12, choices=Place.choices)
    pocket = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("pocket its money came from"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    debits = models.BigIntegerField(_("went out, in fen"), default=0)
    credits = models.BigIntegerField(_("came in, in fen"), default=0)
    last_transfer = models.BigIntegerField(
        _("newest transfer counted in"), default=0, editable=False
    )
    no_overdraft = models.BooleanField(_("may not go below zero"), default=True)
    closed = models.BooleanField(_("closed"), default=False)
    closed_until = models.DateField(_("books closed up to"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(no_overdraft=False) | Q(debits__lte=F("credits")),
                name="account_no_overdraft",
            ),
            models.CheckConstraint(
                condition=Q(debits__gte=0, credits__gte=0), name="account_sums_positive"
            ),
            models.CheckConstraint(
                condition=Q(place__in=sorted(Place.values)), name="account_place_known"
            ),
            models.CheckConstraint(
                condition=~Q(place=Place.SHORTFALL) | Q(credits__lte=F("debits")),
                name="account_never_above",
            ),
        ]
        indexes = [models.Index(fields=["fund", "place"], name="account_by_place")]

    def __str__(self) -> str:
        return self.code

    @property
    def short_code(self) -> str:
        """The code without its fund, for lists of one fund."""
        return self.code.split("/", 2)[-1]

    @property
    def balance_fen(self) -> int:
        """What is there now, in fen (below zero only where the account allows it)."""
        return self.credits - self.debits


class JournalKind(models.TextChoices):
    """What happened, in people's words; the chart of accounts says which road each may take."""

    APPROPRIATE = "appropriate", _("appropriation")
    LAPSE = "lapse", _("return to the authority")
    ALLOCATE = "allocate", _("budget given")
    UNALLOCATE = "unallocate", _("budget taken back")
    PASS_ON = "pass_on", _("budget passed on down the tree")
    TAKE_BACK = "take_back", _("budget taken back up the tree")
    RECEIVE = "receive", _("own money received")
    RESERVE = "reserve", _("reserved for an award")
    RELEASE = "release", _("reservation released")
    ENCUMBER = "encumber", _("bound by an agreement")
    UNENCUMBER = "unencumber", _("returned unspent")
    EXPEND = "expend", _("owed for delivery")
    CALL_OFF = "call_off", _("no longer owed")
    PAY = "pay", _("paid out")
    RETURN_PART = "return_part", _("part of a payment came back")
    REFUND = "refund", _("own money refunded")
    CHARGE_BACK = "charge_back", _("deposit charged back")
    CLAIM = "claim", _("claimed back")
    WAIVE = "waive", _("claim given up")
    RECOVER = "recover", _("came back from an organisation")
    CARRY_OVER = "carry_over", _("carried over to the next fund")
    REVERSE = "reverse", _("undone")


class Journal(models.Model):
    """One business event; its key makes it happen once."""

    key = models.CharField(_("key"), max_length=120)
    digest = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=30, choices=JournalKind.choices)
    reference = models.CharField(_("reference"), max_length=60)
    memo = models.CharField(_("memo"), max_length=200, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    effective_on = models.DateField(_("effective"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    created_at = models.DateTimeField(_("posted"))

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journals")
        ordering = ["-pk"]
        constraints = [
            # named here and not on the column, where PostgreSQL would get an index for LIKE, too
            models.UniqueConstraint(fields=["key"], name="journal_key_once"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(JournalKind.values)), name="journal_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["reference"], name="journal_by_reference")]

    def __str__(self) -> str:
        return self.key


class Transfer(models.Model):
    """Money from one account (debit) to another (credit); balanced by construction."""

    journal = models.ForeignKey(Journal, models.PROTECT, related_name="transfers")
    debit = models.ForeignKey(Account, models.PROTECT, related_name="transfers_out", db_index=False)
    credit = models.ForeignKey(Account, models.PROTECT, related_name="transfers_in", db_index=False)
    amount_fen = models.BigIntegerField(_("amount in fen"))

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, amount_fen__lte=2**53), name="transfer_positive"
            ),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_two_accounts"),
        ]
        indexes = [
            models.Index(fields=["debit", "-id"], name="transfer_out_newest"),
            models.Index(fields=["credit", "-id"], name="transfer_in_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.debit_id} → {self.credit_id}: {self.amount_fen}"


class Period(models.Model):
    """A fund's books closed up to and including a day: the database takes nothing dated before."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="periods")
    ends_on = models.DateField(_("closed up to"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed"))
    last_transfer = models.BigIntegerField(_("newest transfer at that moment"))
    verification = models.ForeignKey(
        "Verification", models.PROTECT, related_name="+", verbose_name=_("check of the books")
    )

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        ordering = ["-ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "ends_on"], name="period_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.fund} … {self.ends_on.isoformat()}"


class Verification(models.Model):
    """One run of `verify_books`: when, over how much, and what was wrong (nothing, one hopes)."""

    checked_at = models.DateTimeField(_("checked"))
    transfers = models.BigIntegerField(_("transfers"))
    accounts = models.BigIntegerField(_("accounts"))
    faults = models.JSONField(_("faults"), default=list)

    class Meta:
        verbose_name = _("check of the books")
        verbose_name_plural = _("checks of the books")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{localtime(self.checked_at):%Y-%m-%d %H:%M}: {len(self.faults)}"


class YearEnd(models.Model):
    """A fund's year-end: its trial balance on paper, then everything closed with one press."""

    fund = models.OneToOneField(Fund, models.PROTECT, related_name="year_end")
    trial_balance = models.ForeignKey(Document, models.PROTECT, related_name="+")
    last_transfer = models.BigIntegerField(_("newest transfer on the trial balance"))
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(_("printed"))
    statement = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    period = models.ForeignKey(Period, models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("year-end")
        verbose_name_plural = _("year-ends")
        constraints = [
            models.CheckConstraint(
                condition=Q(statement=None, period=None, closed_by=None, closed_at=None)
                | Q(
                    statement__isnull=False,
                    period__isnull=False,
                    closed_by__isnull=False,
                    closed_at__isnull=False,
                ),
                name="year_end_closed_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fund}: {localtime(self.printed_at):%Y-%m-%d}"
