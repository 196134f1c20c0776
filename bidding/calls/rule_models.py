"""Rules as columns of a call, the rule sets officers keep, and each departure from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.calls.rulebook import BOOK, RULES


def _off_or(code: str) -> models.PositiveSmallIntegerField:
    """A rule that may be switched off: empty asks for nothing."""
    rule = BOOK[code]
    return models.PositiveSmallIntegerField(
        rule.label, null=True, blank=True, default=rule.usual["contest"]
    )


def _amount(code: str) -> models.PositiveIntegerField:
    """A rule that is an amount of money, in fen; none is zero."""
    return models.PositiveIntegerField(BOOK[code].label, default=BOOK[code].usual["contest"])


class RuledCall(models.Model):
    """The limits a call keeps to; an empty one was switched off."""

    window_days = _off_or("window_days")
    amend_days = _off_or("amend_days")
    questions_days = _off_or("questions_days")
    wait_days = _off_or("wait_days")
    least_proposals = _off_or("least_proposals")
    smallest_panel = _off_or("smallest_panel")
    attachment_pages = _off_or("attachment_pages")
    least_price_weight = _off_or("least_price_weight")
    most_price_weight = _off_or("most_price_weight")
    least_notice_days = _off_or("least_notice_days")
    reminder_days = _off_or("reminder_days")
    sheet_days = _off_or("sheet_days")
    sheet_fee_fen = _amount("sheet_fee_fen")
    half_day_fee_fen = _amount("half_day_fee_fen")

    class Meta:
        abstract = True


RULES_SANE = models.CheckConstraint(
    condition=Q(
        notice_days__range=(1, 60),
        cure_days__range=(1, 30),
        answer_days__range=(1, 60),
        knowing_days__range=(1, 30),
        complaint_days__range=(1, 60),
        decision_days__range=(1, 60),
    ),
    name="call_rules_sane",
)


class RuleSetting(models.Model):
    """What officers made of one rule's default, for one kind of call; without it, what ships."""

    kind = models.CharField(_("kind of call"), max_length=20)
    rule = models.CharField(
        _("rule"), max_length=30, choices=[(rule.code, rule.label) for rule in RULES]
    )
    value = models.PositiveIntegerField(_("number"), null=True)
    reason = models.TextField(_("reason"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rule of a rule set")
        verbose_name_plural = _("rules of rule sets")
        constraints = [
            models.UniqueConstraint(fields=["kind", "rule"], name="rule_setting_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["contest", "procurement"]), name="rule_setting_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.rule}"


class RuleChange(models.Model):
    """A call goes by another number than its rule set says; public, with the reason."""

    call = models.ForeignKey("bidding.Call", models.CASCADE, related_name="rule_changes")
    rule = models.CharField(
        _("rule"), max_length=30, choices=[(rule.code, rule.label) for rule in RULES]
    )
    before = models.PositiveIntegerField(null=True)
    after = models.PositiveIntegerField(null=True)
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("changed rule of a call")
        verbose_name_plural = _("changed rules of calls")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.rule}"

    def said(self) -> tuple[str, str]:
        """(before, after) with their units."""
        rule = BOOK[self.rule]
        return rule.said(self.before), rule.said(self.after)
