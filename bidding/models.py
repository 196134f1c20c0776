"""The hall of the first floor's models."""

from bidding.calls.models import Amendment, Call, Clarification, Criterion, Lot
from bidding.evaluation.models import (
    Conflict,
    Employment,
    Expert,
    Panel,
    Place,
    Ranking,
    Score,
    Screening,
    Seat,
    Sheet,
)
from bidding.needs.models import Answer, Category, Need, Option, Question, Response, Survey
from bidding.notices.models import Notice, Objection
from bidding.proposals.models import (
    Attachment,
    BudgetLine,
    PlannedMilestone,
    Proposal,
    Submission,
    TeamMember,
)

__all__ = [
    "Amendment",
    "Answer",
    "Attachment",
    "BudgetLine",
    "Call",
    "Category",
    "Clarification",
    "Conflict",
    "Criterion",
    "Employment",
    "Expert",
    "Lot",
    "Need",
    "Notice",
    "Objection",
    "Option",
    "Panel",
    "Place",
    "PlannedMilestone",
    "Proposal",
    "Question",
    "Ranking",
    "Response",
    "Score",
    "Screening",
    "Seat",
    "Sheet",
    "Submission",
    "Survey",
    "TeamMember",
]
