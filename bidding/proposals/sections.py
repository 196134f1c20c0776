"""The sections of a proposal: what each holds, in the order of the task list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    """One page of the task list."""

    BASICS = "basics", _("Title and summary")
    PEOPLE = "people", _("Needs and people")
    PLAN = "plan", _("Goals and activities")
    MILESTONES = "milestones", _("Milestones")
    TEAM = "team", _("Team")
    PARTNERS = "partners", _("Partners")
    BUDGET = "budget", _("Budget")
    SPECIAL = "special", _("What the category asks")
    ATTACHMENTS = "attachments", _("Attachments")


FIELDS: dict[str, tuple[str, ...]] = {
    Section.BASICS: ("title", "summary", "starts_on", "ends_on"),
    Section.PEOPLE: ("needs", "audience", "headcount", "districts"),
    Section.PLAN: ("goals", "plan", "risks", "sustainability"),
    Section.MILESTONES: ("milestones",),
    Section.TEAM: ("team",),
    Section.BUDGET: ("budget", "least_fen"),
    Section.SPECIAL: ("special",),
}
"""What `edit_proposal` may change in each section; partners and attachments have
operations of their own."""
