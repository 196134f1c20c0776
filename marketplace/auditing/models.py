"""What auditors keep: samples, findings with their answers, readings, and proofs of everything."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bidding.calls.models import Call
from foundation.documents.models import Document
from foundation.organisations.models import Organisation
from foundation.people.models import Role
from foundation.states import Stateful
from marketplace.auditing.names import said
from marketplace.auditing.states import FINDING, INSPECTION, ITEM
from marketplace.ledger.models import Fund


class SampleKind(models.TextChoices):
    """What a sample is drawn from."""

    JOURNALS = "journals", _("journals of the book")
    PAYOUTS = "payouts", _("payouts")
    AGREEMENTS = "agreements", _("agreements")
    PROJECTS = "projects", _("projects")
    SCREENINGS = "screenings", _("screening decisions")


class Sample(models.Model):
    """One random draw: from what, with which seed; anybody can draw the same again."""

    kind = models.CharField(_("drawn from"), max_length=12, choices=SampleKind.choices)
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fund")
    )
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("call")
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to"), null=True, blank=True)
    last_row = models.BigIntegerField(_("newest row there was"))
    population = models.PositiveIntegerField(_("how many there were"))
    population_sha256 = models.CharField(_("fingerprint of the population"), max_length=64)
    seed = models.CharField(_("seed"), max_length=64)
    size = models.PositiveIntegerField(_("how many are drawn"))
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(_("drawn"))

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=sorted(SampleKind.values)), name="sample_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=F("population")), name="sample_fits_population"
            ),
            models.CheckConstraint(condition=~Q(seed=""), name="sample_has_seed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Item(Stateful):
    """One thing that was drawn, and what looking at it showed."""

    machine = ITEM

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField(_("position"))
    row = models.BigIntegerField()
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("what was looked at"), max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(_("looked at"), null=True)
    state = ITEM.field()

    class Meta:
        verbose_name = _("sampled item")
        verbose_name_plural = _("sampled items")
        ordering = ["position"]
        constraints = [
            ITEM.check(),
            models.UniqueConstraint(fields=["sample", "position"], name="item_position_once"),
            models.UniqueConstraint(fields=["sample", "row"], name="item_drawn_once"),
            models.CheckConstraint(
                condition=Q(state="drawn") | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="item_looked_at_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """How its state is badged."""
        return {"sound": "good", "faulty": "bad"}.get(self.state, "quiet")


class Severity(models.TextChoices):
    """How grave a finding is."""

    REMARK = "remark", _("remark")
    FAULT = "fault", _("fault")
    GRAVE = "grave", _("grave fault")


class Finding(Stateful):
    """What an auditor found wrong with something, and who has to answer for it by when."""

    machine = FINDING

    number = models.CharField(_("number"), max_length=20, unique=True)
    subject_type = models.CharField(max_length=60)
    subject_row = models.BigIntegerField()
    subject_name = models.CharField(_("about"), max_length=200)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("item")
    )
    severity = models.CharField(_("how grave"), max_length=10, choices=Severity.choices)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what was found, and by what"))
    body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation that answers"),
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person who answers"),
    )
    answer_days = models.PositiveSmallIntegerField(_("working days to answer in"))
    due_on = models.DateField(_("to be answered by"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("noted"))
    closing = models.TextField(_("how it ended"), blank=True)
    ended_at = models.DateTimeField(null=True)
    state = FINDING.field()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-pk"]
        constraints = [
            FINDING.check(),
            models.CheckConstraint(
                condition=Q(body=None, officer__isnull=False) | Q(body__isnull=False, officer=None),
                name="finding_one_answers",
            ),
            models.CheckConstraint(
                condition=Q(severity__in=sorted(Severity.values)), name="finding_severity_known"
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, answer_days__lte=60), name="finding_days_sane"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "withdrawn"])
                | (~Q(closing="") & Q(ended_at__isnull=False)),
                name="finding_ended_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_row"], name="finding_by_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def name_on_trail(self) -> str:
        """Its number only: what was found is for those concerned."""
        return self.number

    @property
    def answers_name(self) -> str:
        """Who has to answer, as people call them."""
        return str(self.body or self.officer)

    @property
    def tone(self) -> str:
        """How its state is badged."""
        return {"asked": "warn", "answered": "info", "accepted": "info", "closed": "good"}.get(
            self.state, "quiet"
        )


class Answer(models.Model):
    """What the body or officer said to a finding, and whether that was enough."""

    class Verdict(models.TextChoices):
        """What the auditor said to it."""

        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", pgettext_lazy("answer", "accepted")
        MORE = "more", _("more is required")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("answered"))
    verdict = models.CharField(
        _("verdict"), max_length=10, choices=Verdict.choices, default=Verdict.WAITING
    )
    remark = models.TextField(_("remark"), blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("answer to a finding")
        verbose_name_plural = _("answers to findings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(verdict="waiting"), name="answer_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(verdict="waiting", judged_by=None)
                | Q(verdict__in=["accepted", "more"], judged_by__isnull=False),
                name="answer_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="more") | ~Q(remark=""), name="answer_more_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding.number} / {self.pk}"


class Reading(models.Model):
    """Somebody read something that is not public; only ever appended to."""

    class Kind(models.TextChoices):
        """What sort of thing was read."""

        DOCUMENT = "document", _("document")
        PROPOSAL = "proposal", _("opened proposal")
        PERSONAL = "personal", _("personal data")
        EXPORT = "export", _("export")
        DOSSIER = "dossier", _("dossier")

    at = models.DateTimeField(_("time"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    posts = models.CharField(_("posts held"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_name = models.CharField(_("what"), max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("whose"),
    )
    path = models.CharField(_("address"), max_length=200)
    came_from = models.CharField(_("from page"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["document", "dossier", "export", "personal", "proposal"]),
                name="reading_kind_known",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="reading_by_person"),
            models.Index(fields=["organisation", "-id"], name="reading_by_organisation"),
            models.Index(fields=["kind", "-id"], name="reading_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.subject_name}"

    @property
    def said_posts(self) -> str:
        """The posts the reader held, by their words."""
        named = dict(Role.choices)
        return " · ".join(str(named.get(post, post)) for post in self.posts.split())


class Inspection(Stateful):
    """One run of every verifier there is: when, for whom, and what each found."""

    machine = INSPECTION

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for"))
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(_("compared"), null=True)
    results = models.JSONField(_("results"), default=list)
    faults = models.PositiveIntegerField(_("faults"), default=0)
    state = INSPECTION.field()

    class Meta:
        verbose_name = _("verification of everything")
        verbose_name_plural = _("verifications of everything")
        ordering = ["-pk"]
        constraints = [
            INSPECTION.check(),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="wanted"), name="inspection_one_wanted"
            ),
            models.CheckConstraint(
                condition=Q(state="wanted", done_at=None)
                | Q(state="sound", faults=0, done_at__isnull=False)
                | Q(state="faulty", faults__gt=0, done_at__isnull=False),
                name="inspection_says_what_it_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{localtime(self.asked_at):%Y-%m-%d %H:%M}"

    @property
    def said_results(self) -> list[tuple[str, list[str]]]:
        """(what was compared, in words; its faults)."""
        return [(said(row["name"]), row["faults"]) for row in self.results]

    @property
    def first_faults(self) -> list[tuple[str, str]]:
        """The first few faults, each with what was compared."""
        every = [(name, fault) for name, faults in self.said_results for fault in faults]
        return every[:3]
