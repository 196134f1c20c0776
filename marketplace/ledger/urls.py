"""Addresses of this room."""

from django.urls import path

from marketplace.ledger import budget_views, closing_views, report_views, views

app_name = "ledger"
urlpatterns = [
    path("desk/ledger/", views.desk, name="desk"),
    path("desk/ledger/check/", views.check_books, name="check_books"),
    path("desk/ledger/new/", views.create_fund, name="create_fund"),
    path("desk/ledger/book.jsonl", views.sealed_book, name="sealed_book"),
    path("desk/ledger/budgets/", budget_views.budgets, name="budgets"),
    path("desk/ledger/budgets/<int:pk>/", budget_views.budget, name="budget"),
    path(
        "desk/ledger/budgets/<int:pk>/pass-on/", budget_views.pass_on_budget, name="pass_on_budget"
    ),
    path(
        "desk/ledger/budgets/<int:pk>/take-back/",
        budget_views.take_back_budget,
        name="take_back_budget",
    ),
    path("desk/ledger/funds/<slug:code>/", views.fund, name="fund"),
    path("desk/ledger/funds/<slug:code>/accounts/", views.accounts, name="accounts"),
    path(
        "desk/ledger/funds/<slug:code>/accounts.csv",
        report_views.trial_balance_file,
        {"ending": "csv"},
        name="trial_balance_csv",
    ),
    path(
        "desk/ledger/funds/<slug:code>/accounts.xlsx",
        report_views.trial_balance_file,
        {"ending": "xlsx"},
        name="trial_balance_xlsx",
    ),
    path(
        "desk/ledger/funds/<slug:code>/accounts.pdf",
        report_views.trial_balance_file,
        {"ending": "pdf"},
        name="trial_balance_pdf",
    ),
    path(
        "desk/ledger/funds/<slug:code>/appropriate/",
        views.appropriate_fund,
        name="appropriate_fund",
    ),
    path("desk/ledger/funds/<slug:code>/allocate/", views.allocate_budget, name="allocate_budget"),
    path(
        "desk/ledger/funds/<slug:code>/unallocate/",
        views.unallocate_budget,
        name="unallocate_budget",
    ),
    path("desk/ledger/funds/<slug:code>/warning/", budget_views.set_warning, name="set_warning"),
    path("desk/ledger/funds/<slug:code>/lapse/", views.lapse_fund, name="lapse_fund"),
    path(
        "desk/ledger/funds/<slug:code>/carry-over/", views.carry_over_fund, name="carry_over_fund"
    ),
    path("desk/ledger/funds/<slug:code>/periods/", views.periods, name="periods"),
    path("desk/ledger/funds/<slug:code>/periods/close/", views.close_period, name="close_period"),
    path("desk/ledger/funds/<slug:code>/year-end/", closing_views.year_end, name="year_end"),
    path(
        "desk/ledger/funds/<slug:code>/year-end/print/",
        closing_views.print_trial_balance,
        name="print_trial_balance",
    ),
    path(
        "desk/ledger/funds/<slug:code>/year-end/close/",
        closing_views.close_year,
        name="close_year",
    ),
    path("desk/ledger/accounts/<int:pk>/", views.account, name="account"),
    path(
        "desk/ledger/accounts/<int:pk>/statement.csv",
        report_views.statement_file,
        {"ending": "csv"},
        name="statement_csv",
    ),
    path(
        "desk/ledger/accounts/<int:pk>/statement.xlsx",
        report_views.statement_file,
        {"ending": "xlsx"},
        name="statement_xlsx",
    ),
    path(
        "desk/ledger/accounts/<int:pk>/statement.pdf",
        report_views.statement_file,
        {"ending": "pdf"},
        name="statement_pdf",
    ),
    path("desk/ledger/journals/<int:pk>/", views.journal, name="journal"),
]
