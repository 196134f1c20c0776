"""The menus: which places there are and whose they are; the face draws them."""

from django.utils.translation import gettext_lazy as _

from foundation.face.navigation import Place

PUBLIC = [
    Place("needs:needs", _("Needs")),
    Place("calls:calls", _("Calls")),
    Place("catalogue:projects", _("Projects")),
    Place("organisations:organisations", _("Organisations")),
    Place("notices:notices", _("Results")),
    Place("catalogue:money", _("Money")),
]

ABOUT = _("About this site")
HOW = _("How it works")
FACTS = _("Results and data")
RIGHTS = _("Your rights")

FOOTER = [
    Place("/about/", _("About us"), group=ABOUT),
    Place("/news/", _("News"), group=ABOUT),
    Place("/stories/", _("Stories"), group=ABOUT),
    Place("organisations:unions", _("The union tree"), group=ABOUT),
    Place("/guides/bidders/", _("Guide for bidders"), group=HOW),
    Place("/guides/buyers/", _("Guide for buyers"), group=HOW),
    Place("/guides/faq/", _("Frequent questions"), group=HOW),
    Place("search:search", _("Search"), group=HOW),
    Place("/reports/", _("Reports on needs"), group=FACTS),
    Place("/outcomes/", _("Results and notices"), group=FACTS),
    Place("proposals:receipts", _("Check a receipt"), group=FACTS),
    Place("opendata:index", _("Open data"), group=FACTS),
    Place("catalogue:services", _("Services near you"), group=RIGHTS),
    Place("complaints:complaints", _("Complain"), group=RIGHTS),
    Place("complaints:privacy", _("Privacy"), group=RIGHTS),
    Place("face:styleguide", _("How this site is drawn"), group=RIGHTS),
]

WORK = _("Work")
BIDDERS = ("social", "affiliated", "enterprise")
DEALS = _("Deals")
MONEY = _("Money")
HOUSE = _("The house")

DESK = [
    Place("desk:home", _("What waits for me"), "desk"),
    Place("notifications:inbox", _("Inbox"), "bell"),
    Place("needs:desk", _("Surveys and needs"), "survey", ("officer", "auditor"), WORK),
    Place("calls:desk", _("Calls"), "call", ("officer", "auditor"), WORK),
    Place(
        "proposals:desk",
        _("Proposals"),
        "document",
        ("social", "affiliated", "enterprise"),
        WORK,
    ),
    Place("evaluation:desk", _("Panels and scores"), "score", ("officer", "auditor"), WORK),
    Place("evaluation:bench", _("To be judged by me"), "score", ("expert",), WORK),
    Place("notices:desk", _("Notices and objections"), "notice", ("officer", "auditor"), WORK),
    Place("matching:shelf", _("Shelf of projects"), "shelf", ("union",), DEALS),
    Place(
        "matching:interests",
        _("Interest and promises"),
        "people",
        ("union", "social", "affiliated", "enterprise", "officer", "auditor"),
        DEALS,
    ),
    Place(
        "matching:desk",
        _("Sharing the money out"),
        "money",
        ("officer", "fund_manager", "auditor"),
        DEALS,
    ),
    Place("awards:desk", _("Awards"), "award", ("officer", "auditor", "union", "social"), DEALS),
    Place(
        "agreements:desk",
        _("Agreements"),
        "agreement",
        ("officer", "auditor", "union", "social", "affiliated", "enterprise"),
        DEALS,
    ),
    Place(
        "delivery:desk",
        _("Projects"),
        "project",
        ("officer", "auditor", "union", "social", "affiliated", "enterprise"),
        DEALS,
    ),
    Place(
        "desk:portfolio",
        _("Portfolio"),
        "score",
        ("officer", "fund_manager", "auditor", "union"),
        DEALS,
    ),
    Place("complaints:desk", _("Complaints"), "warn", ("officer", "auditor"), DEALS),
    Place(
        "payments:desk",
        _("Payments"),
        "payment",
        ("fund_manager", "auditor", "officer", "union", "social", "affiliated", "enterprise"),
        MONEY,
    ),
    Place(
        "honoraria:desk",
        _("Honoraria"),
        "award",
        ("fund_manager", "auditor", "officer", "expert"),
        MONEY,
    ),
    Place(
        "desk:spending",
        _("Budget against actual"),
        "score",
        ("fund_manager", "auditor", "officer", "union"),
        MONEY,
    ),
    Place("ledger:budgets", _("Our budget"), "money", ("union",), MONEY),
    Place("ledger:desk", _("The book"), "book", ("fund_manager", "auditor", "officer"), MONEY),
    Place("organisations:desk", _("Organisations"), "organisation", (), HOUSE),
    Place("people:desk", _("People and posts"), "person", ("administrator",), HOUSE),
    Place("notifications:outbox", _("Undelivered letters"), "bell", ("administrator",), HOUSE),
    Place("workdays:desk", _("Working days"), "day", ("administrator", "officer"), HOUSE),
    Place("auditing:desk", _("Audit"), "check", ("auditor",), HOUSE),
    Place(
        "auditing:inspections", _("Verification"), "good", ("administrator", "fund_manager"), HOUSE
    ),
    Place("audit:trail", _("The trail"), "trail", ("auditor", "administrator"), HOUSE),
    Place("wagtailadmin_home", _("Studio: pages and words"), "edit", ("editor", "officer"), HOUSE),
]

STARTS = [
    Place(
        "calls:calls",
        _("Find a call"),
        "call",
        BIDDERS,
        says=_("See what unions are asking for, and hand in a proposal."),
    ),
    Place(
        "delivery:desk",
        _("Report on a project"),
        "project",
        BIDDERS,
        says=_("Tell what was done, hand in the invoice, follow the payment."),
    ),
    Place(
        "matching:shelf",
        _("Choose projects for your workers"),
        "shelf",
        ("union",),
        says=_("Proposals in the order in which they fit what your workers need."),
    ),
    Place(
        "needs:desk",
        _("Ask workers what they need"),
        "survey",
        ("officer",),
        says=_("Write a survey, follow the answers, turn them into needs."),
    ),
    Place(
        "calls:desk",
        _("Call for proposals"),
        "call",
        ("officer",),
        says=_("Draw up a call from the needs, publish it, answer questions."),
    ),
    Place(
        "evaluation:bench",
        _("Judge proposals"),
        "score",
        ("expert",),
        says=_("Score what was given to you; nobody sees a sheet before it is final."),
    ),
    Place(
        "ledger:desk",
        _("Look into the book"),
        "book",
        ("fund_manager", "auditor"),
        says=_("Funds, budgets and every entry down to its document."),
    ),
    Place(
        "payments:desk",
        _("Pay what is owed"),
        "payment",
        ("fund_manager",),
        says=_("Put what was accepted into a batch for a colleague to approve."),
    ),
    Place(
        "auditing:desk",
        _("Draw a sample"),
        "check",
        ("auditor",),
        says=_("By chance and by a seed that is kept; note findings, ask for an answer."),
    ),
    Place(
        "wagtailadmin_home",
        _("Write pages"),
        "edit",
        ("editor",),
        says=_("News, reports and guides in both languages; facts come in by themselves."),
    ),
    Place(
        "people:desk",
        _("Invite people"),
        "person",
        ("administrator",),
        says=_("Appoint who works here, and end what is over."),
    ),
    Place(
        "organisations:desk",
        _("Bring in your organisation"),
        "organisation",
        says=_("Register it, or say that it is yours if it is listed already."),
    ),
]
"""Where to begin when nothing waits; the last is for who belongs nowhere yet."""
