"""What is told in the course of an evaluation."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "proposal_admitted",
    group="evaluation",
    title=_("Admitted: %(proposal)s"),
    body=_("Your proposal for %(call)s meets the requirements and goes to the judges."),
)
kind(
    "proposal_to_cure",
    group="evaluation",
    title=_("To be cured: %(proposal)s"),
    body=_("%(reason)s You have until %(cure_until_at)s to mend it."),
)
kind(
    "proposal_refused",
    group="evaluation",
    title=_("Not admitted: %(proposal)s"),
    body=_("%(reason)s"),
)
kind(
    "lot_void",
    group="evaluation",
    title=_("Void: %(lot)s in %(call)s"),
    body=_("%(reason)s What you offered was not judged. The lot may be run again as a new call."),
)
kind(
    "call_void",
    group="evaluation",
    title=_("Void: %(call)s"),
    body=_("%(reason)s Nothing offered in it is judged. It may be run again as a new call."),
)
kind(
    "proposal_cured",
    group="evaluation",
    title=_("Cured: %(proposal)s"),
    body=_("%(organisation)s has mended what was found. It can be checked again."),
)
kind(
    "expertise_stated",
    group="evaluation",
    title=_("%(expert)s states what they know"),
    body=_("It counts in sharing proposals out when an officer has confirmed it."),
)
kind(
    "expertise_confirmed",
    group="evaluation",
    title=_("What you know was looked at"),
    body=_("The levels that stand now are on your page. Proposals are shared out by them."),
)
kind(
    "seat_offered",
    group="evaluation",
    title=_("You were drawn to judge: %(call)s"),
    body=_("Say first whether you are bound to any of the bidders. The draw stays confidential."),
)
kind(
    "seat_left",
    group="evaluation",
    title=_("A judge stepped back: %(call)s"),
    body=_("The next in the order of the draw has been asked."),
)
kind(
    "seat_empty",
    group="evaluation",
    title=_("A seat is empty: %(call)s"),
    body=_(
        "A judge stepped back and nobody is left to be drawn. Enrol experts and draw again, name a "
        "substitute with a reason, or let the call be judged anew."
    ),
)
kind(
    "judged_anew",
    group="evaluation",
    title=_("Judged anew: %(call)s"),
    body=_(
        "%(reason)s Other judges score it from the beginning; what you gave counts no more. Thank "
        "you for your work."
    ),
)
kind(
    "scoring_begun",
    group="evaluation",
    title=_("Scoring has begun: %(call)s"),
    body=_("%(sheets)s proposals wait for your scores."),
)
kind(
    "sheets_open",
    group="evaluation",
    title=_("Sheets wait for you: %(call)s"),
    body=_("%(sheets)s of your sheets are not final yet. The ranking waits for every one."),
)
kind(
    "discussion_opened",
    group="evaluation",
    title=_("To be discussed: %(call)s"),
    body=_(
        "The panel discusses some proposals until %(closes_at)s. You read the others' sheets on "
        "them, without names, and may revise your own with a reason."
    ),
)
kind(
    "proposals_ranked",
    group="evaluation",
    title=_("Ranked: %(call)s"),
    body=_("All sheets were final; the ranking of %(proposals)s proposals stands."),
)
kind(
    "turn_planned",
    group="evaluation",
    title=_("On stage at the roadshow: %(proposal)s"),
    body=_(
        "%(call)s: your turn is on %(begins_at)s, at %(place)s. You have %(minutes)s minutes to "
        "talk, then the judges ask. Be there half an hour before."
    ),
)
kind(
    "roadshow_announced",
    group="evaluation",
    title=_("You judge at a roadshow: %(call)s"),
    body=_(
        "It begins on %(begins_at)s, at %(place)s. You score on your phone; make your sheets on "
        "paper final before."
    ),
)
kind(
    "lottery_announced",
    group="evaluation",
    title=_("A lot decides at the line: %(call)s"),
    body=_(
        "Some scores are too close to call. By the rules of the call the numbers of %(source)s, "
        "issue %(issue)s, drawn on %(drawn_at)s, decide between them. Anybody can draw again."
    ),
)
