"""Who may move a fund's money by hand, and when; who reads the books."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.face.values import day_text
from foundation.organisations.rules import is_acting, is_running
from foundation.people.rules import is_auditor, is_fund_manager, is_officer
from foundation.permissions import is_system, permit
from marketplace.ledger.models import Fund

reads_books = is_officer | is_fund_manager | is_auditor


def has_not_lapsed(fund: Fund) -> Any:
    """What was left of the fund has not gone to the authority or the next fund yet."""
    if not fund.lapsed_on:
        return None
    return _("What was left of this fund was dealt with on %(day)s.") % {
        "day": day_text(fund.lapsed_on)
    }


def runs_today(fund: Fund) -> Any:
    """The fund has not ended."""
    if clock.today() <= fund.ends_on:
        return has_not_lapsed(fund)
    return _("The fund ended on %(day)s; nothing new can be given out of it.") % {
        "day": day_text(fund.ends_on)
    }


def has_ended(fund: Fund) -> Any:
    """The fund's last day is over."""
    if clock.today() > fund.ends_on:
        return None
    return _("The fund runs until %(day)s; its money lapses after that.") % {
        "day": day_text(fund.ends_on)
    }


def is_not_closed(fund: Fund) -> Any:
    """Its year-end was not done yet."""
    year_end = getattr(fund, "year_end", None)
    if year_end is None or not year_end.closed_at:
        return None
    return _("The year of this fund was closed on %(day)s.") % {
        "day": day_text(localtime(year_end.closed_at).date())
    }


permit("create_fund", who=is_fund_manager, meaning=_("open a new fund"))
permit(
    "appropriate_fund",
    who=is_fund_manager,
    when=runs_today,
    meaning=_("put the authority's money into a fund"),
)
permit(
    "allocate_budget",
    who=is_officer | is_fund_manager,
    when=runs_today,
    meaning=_("give a union money to spend"),
)
permit(
    "unallocate_budget",
    who=is_officer | is_fund_manager,
    when=has_not_lapsed,
    meaning=_("take back what a union has not promised"),
)
permit(
    "pass_on_budget",
    who=is_acting,
    when=is_running,
    meaning=_("pass a union's budget on to a union below it"),
)
permit(
    "take_back_budget",
    who=is_acting,
    when=is_running,
    meaning=_("take back what a union passed on and nobody was promised"),
)
permit(
    "set_warning",
    who=is_fund_manager,
    when=has_not_lapsed,
    meaning=_("say when people are warned that a fund runs low"),
)
permit("watch_fund", who=is_system, meaning=_("warn of budgets that run low"))
permit(
    "lapse_fund",
    who=is_fund_manager,
    when=(has_ended, has_not_lapsed),
    meaning=_("return what is left of an ended fund to the authority"),
)
permit(
    "carry_over_fund",
    who=is_fund_manager,
    when=(has_ended, has_not_lapsed),
    meaning=_("hand on what is left of an ended fund to the next one"),
)
permit(
    "close_period",
    who=is_fund_manager,
    meaning=_("close a fund's books up to a day, for good"),
)
permit(
    "print_trial_balance",
    who=is_fund_manager,
    when=is_not_closed,
    meaning=_("print a fund's trial balance for its year-end"),
)
permit(
    "close_year",
    who=is_fund_manager,
    when=(has_ended, is_not_closed),
    meaning=_("close a fund's year: hand on what is left, close its books, for good"),
)
permit(
    "check_books",
    who=is_system | is_fund_manager | is_auditor,
    meaning=_("recompute the books and compare"),
)
