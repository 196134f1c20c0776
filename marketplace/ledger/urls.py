"""Addresses of this room."""

from django.urls import path

from marketplace.ledger import views

app_name = "ledger"
urlpatterns = [
    path("desk/ledger/", views.desk, name="desk"),
    path("desk/ledger/check/", views.check_books, name="check_books"),
    path("desk/ledger/new/", views.create_fund, name="create_fund"),
    path("desk/ledger/book.jsonl", views.sealed_book, name="sealed_book"),
    path("desk/ledger/budgets/", views.budgets, name="budgets"),
    path("desk/ledger/budgets/<int:pk>/", views.budget, name="budget"),
    path("desk/ledger/funds/<slug:code>/", views.fund, name="fund"),
    path("desk/ledger/funds/<slug:code>/accounts/", views.accounts, name="accounts"),
    path(
        "desk/ledger/funds/<slug:code>/accounts.csv",
        views.trial_balance_csv,
        name="trial_balance_csv",
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
    path("desk/ledger/funds/<slug:code>/lapse/", views.lapse_fund, name="lapse_fund"),
    path(
        "desk/ledger/funds/<slug:code>/carry-over/", views.carry_over_fund, name="carry_over_fund"
    ),
    path("desk/ledger/funds/<slug:code>/periods/", views.periods, name="periods"),
    path("desk/ledger/funds/<slug:code>/periods/close/", views.close_period, name="close_period"),
    path("desk/ledger/accounts/<int:pk>/", views.account, name="account"),
    path("desk/ledger/accounts/<int:pk>/statement.csv", views.statement_csv, name="statement_csv"),
    path("desk/ledger/journals/<int:pk>/", views.journal, name="journal"),
]
