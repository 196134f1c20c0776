"""Evaluation: screening, experts, panels drawn from them, scores, and rankings."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, Criterion
from bidding.evaluation.states import PANEL, SEAT, SHEET
from bidding.needs.models import Category
from bidding.proposals.models import Proposal
from foundation.organisations.models import Organisation
from foundation.states import Stateful


class Screening(models.Model):
    """An officer's check of one proposal against the published requirements; one row a check."""

    class Decision(models.TextChoices):
        """What the check found."""

        ADMIT = "admit", _("admitted")
        CURE = "cure", _("to be cured")
        REFUSE = "refuse", _("not admitted")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="screenings")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices)
    reason = models.TextField(_("reason"), blank=True)
    cure_until = models.DateTimeField(_("to be cured until"), null=True, blank=True)
    cured_at = models.DateTimeField(_("cured"), null=True, blank=True)
    cure_note = models.TextField(_("what was mended"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="admit") | ~Q(reason=""), name="screening_refusal_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.get_decision_display()}"


class Level(models.IntegerChoices):
    """How well an expert knows a category."""

    KNOWS = 1, _("knows it")
    WORKS = 2, _("works in it")
    LEADS = 3, _("leads in it")


class Expert(models.Model):
    """A person who may be drawn to judge."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="expert", verbose_name=_("person")
    )
    field_of_work = models.CharField(_("field of work"), max_length=120)
    categories = models.ManyToManyField(
        Category, through="Expertise", related_name="experts", blank=True
    )
    available = models.BooleanField(_("may be drawn"), default=True)

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")

    def __str__(self) -> str:
        return str(self.person)


class Expertise(models.Model):
    """How well an expert knows one category: the level an officer confirmed, which is what the
    sharing out of proposals goes by, and what the expert states beside it until it is decided."""

    NOT_ANY_MORE = 0

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="expertise")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(
        _("confirmed level"), choices=Level.choices, null=True, blank=True
    )
    stated_level = models.PositiveSmallIntegerField(_("stated level"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    class Meta:
        verbose_name = _("expertise")
        verbose_name_plural = _("expertise")
        ordering = ["category__position"]
        constraints = [
            models.UniqueConstraint(fields=["expert", "category"], name="expertise_once"),
            models.CheckConstraint(
                condition=Q(level=None, confirmed_at=None, confirmed_by=None)
                | Q(level__in=Level.values, confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="expertise_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=Q(stated_level=None) | Q(stated_level__lte=3),
                name="expertise_stated_known",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=False) | Q(stated_level__gte=1),
                name="expertise_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.said or '—'}"

    @property
    def said(self) -> str:
        """The confirmed level in words; nothing before there is one."""
        return str(Level(self.level).label) if self.level else ""

    @property
    def stated(self) -> str:
        """What the expert states beside it, in words; nothing where nothing waits."""
        if self.stated_level is None:
            return ""
        return str(Level(self.stated_level).label if self.stated_level else _("not any more"))


class Employment(models.Model):
    """Where an expert worked, sat on a board or held shares: what conflicts are found from."""

    class Tie(models.TextChoices):
        """How the expert was bound to the organisation."""

        EMPLOYEE = "employee", _("employee")
        DIRECTOR = "director", _("director")
        SUPERVISOR = "supervisor", _("supervisor")
        OWNER = "owner", _("owner")
        KIN = "kin", _("kin of its head")
        COACH = "coach", _("coached its proposal")

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="ties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    tie = models.CharField(_("tie"), max_length=20, choices=Tie.choices)
    began_on = models.DateField(_("since"))
    ended_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")

    def __str__(self) -> str:
        return f"{self.expert}: {self.get_tie_display()}, {self.organisation}"


class Panel(Stateful):
    """The judges of one call, drawn at random by a seed nobody could choose."""

    machine = PANEL

    call = models.OneToOneField(Call, models.PROTECT, related_name="panel")
    seed = models.CharField(_("seed"), max_length=64)
    inputs = models.JSONField(encoder=DjangoJSONEncoder)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    assignment = models.JSONField(encoder=DjangoJSONEncoder, default=dict)
    reminded_at = models.DateTimeField(_("judges reminded"), null=True, blank=True)
    state = PANEL.field()

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        constraints = [PANEL.check()]

    def __str__(self) -> str:
        return str(self.call)


class Seat(Stateful):
    """One judge's place; substitutes follow in the order of the draw."""

    machine = SEAT

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="seats")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="seats")
    position = models.PositiveSmallIntegerField(_("place in the draw"))
    declared_at = models.DateTimeField(_("declared"), null=True, blank=True)
    reason = models.CharField(_("why the judge stepped back"), max_length=200, blank=True)
    left_at = models.DateTimeField(_("stepped back"), null=True, blank=True)
    named_because = models.TextField(_("why the judge was named, not drawn"), blank=True)
    state = SEAT.field()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["position"]
        constraints = [
            SEAT.check(),
            models.UniqueConstraint(fields=["panel", "expert"], name="seat_expert_once"),
            models.UniqueConstraint(fields=["panel", "position"], name="seat_position_once"),
        ]

    def __str__(self) -> str:
        return str(self.expert)


class Restart(models.Model):
    """The decision that a call is judged anew by other judges: what was given before counts no
    more, and everybody may read why."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="restarts")
    reason = models.TextField(_("reason"))
    seats = models.JSONField(_("seats set aside"), encoder=DjangoJSONEncoder)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("judging begun anew")
        verbose_name_plural = _("judgings begun anew")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="restart_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id}: {self.reason[:60]}"


class Conflict(models.Model):
    """A judge who must not see one proposal, and why: found in data, or declared."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="conflicts")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="conflicts")
    declared = models.BooleanField(_("declared by the judge"), default=False)
    reason = models.CharField(_("reason"), max_length=200)
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [models.UniqueConstraint(fields=["seat", "proposal"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.seat} ≠ {self.proposal_id}"


class Sheet(Stateful):
    """One judge's scores for one proposal; unseen by others until it is final."""

    machine = SHEET

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="sheets")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sheets")
    comment = models.TextField(_("comment for the organisation"), blank=True)
    final_at = models.DateTimeField(_("final since"), null=True, blank=True)
    state = SHEET.field()

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = [
            SHEET.check(),
            models.UniqueConstraint(fields=["seat", "proposal"], name="sheet_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.proposal_id}"


class Score(models.Model):
    """Points for one criterion, in hundredths of the full 100 (8750 = 87.50), and a remark.

    A draft may hold the remark before the points; a final sheet has points everywhere.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    points_hundredths = models.PositiveIntegerField(_("points, 0 to 100"), null=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(points_hundredths__lte=10000), name="score_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"

    @property
    def points(self) -> str:
        """As a judge typed them: 87.50; a dash before there are any."""
        if self.points_hundredths is None:
            return "—"
        return f"{self.points_hundredths // 100}.{self.points_hundredths % 100:02d}"


class Ranking(models.Model):
    """One computed ranking of a call: its frozen inputs, so that anybody can compute it again."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="ranking")
    policy = models.CharField(_("policy"), max_length=20)
    inputs = models.JSONField(encoder=DjangoJSONEncoder)
    sha256 = models.CharField("SHA-256", max_length=64)
    reliability = models.JSONField(encoder=DjangoJSONEncoder, default=dict)
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")

    def __str__(self) -> str:
        return str(self.call)


class Place(models.Model):
    """One proposal's place in the ranking as computed; `score_ten_thousandths` is of the full 100,
    and may pass it by the bonus for co-funding."""

    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="places")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="place")
    rank = models.PositiveIntegerField(_("rank"))
    score_ten_thousandths = models.PositiveIntegerField(_("score"))
    judges = models.PositiveSmallIntegerField(_("judges"))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "rank"], name="place_rank_once"),
            models.CheckConstraint(
                condition=Q(score_ten_thousandths__lte=1_200_000) & Q(rank__gte=1),
                name="place_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"

    @property
    def score(self) -> float:
        """The score out of 100."""
        return self.score_ten_thousandths / 10_000


class Departure(models.Model):
    """An officer's decision to give a proposal another rank than the computed one; published.

    The order decided is the computed one with all departures made in turn; places never change.
    """

    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="departures")
    place = models.ForeignKey(Place, models.PROTECT, related_name="departures")
    from_rank = models.PositiveIntegerField(_("from rank"))
    to_rank = models.PositiveIntegerField(_("to rank"))
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("departure from the computed order")
        verbose_name_plural = _("departures from the computed order")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="departure_has_reason"),
            models.CheckConstraint(
                condition=~Q(from_rank=models.F("to_rank")), name="departure_moves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_rank} → {self.to_rank}"
