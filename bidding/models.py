"""The hall of the first floor's models."""

from bidding.calls.key_models import CallKey, KeeperKey, KeyShare
from bidding.calls.models import Amendment, Call, Clarification, Criterion, Lot
from bidding.calls.rule_models import RuleChange, RuleSetting
from bidding.calls.subscription_models import Subscription
from bidding.evaluation.blind_models import BlindCopy, HiddenWord
from bidding.evaluation.discussion_models import Discussed, Discussion, Minute, Revision
from bidding.evaluation.lottery_models import Lottery, Numbers
from bidding.evaluation.models import (
    Conflict,
    Employment,
    Expert,
    Expertise,
    Panel,
    Place,
    Ranking,
    Score,
    Screening,
    Seat,
    Sheet,
)
from bidding.evaluation.roadshow_models import LiveScore, LiveSheet, Roadshow, Turn
from bidding.needs.collecting_models import Intake, Quota, RefusedRow
from bidding.needs.finding_models import Findings, KnownTotals
from bidding.needs.models import Category, Need, Option, Question, Response, Survey
from bidding.notices.models import Notice, Objection
from bidding.proposals.models import (
    Attachment,
    BudgetLine,
    OpenedContent,
    PlannedMilestone,
    Proposal,
    Submission,
    TeamMember,
)
from bidding.proposals.partner_models import Partner

__all__ = [
    "Amendment",
    "Attachment",
    "BlindCopy",
    "BudgetLine",
    "Call",
    "CallKey",
    "Category",
    "Clarification",
    "Conflict",
    "Criterion",
    "Discussed",
    "Discussion",
    "Employment",
    "Expert",
    "Expertise",
    "Findings",
    "HiddenWord",
    "Intake",
    "KeeperKey",
    "KeyShare",
    "KnownTotals",
    "LiveScore",
    "LiveSheet",
    "Lot",
    "Lottery",
    "Minute",
    "Need",
    "Notice",
    "Numbers",
    "Objection",
    "OpenedContent",
    "Option",
    "Panel",
    "Partner",
    "Place",
    "PlannedMilestone",
    "Proposal",
    "Question",
    "Quota",
    "Ranking",
    "RefusedRow",
    "Response",
    "Revision",
    "Roadshow",
    "RuleChange",
    "RuleSetting",
    "Score",
    "Screening",
    "Seat",
    "Sheet",
    "Submission",
    "Subscription",
    "Survey",
    "TeamMember",
    "Turn",
]
