"""Addresses of this room."""

from django.urls import path

from marketplace.payments import (
    account_views,
    connect_views,
    deposit_views,
    event_views,
    statement_views,
    views,
)

app_name = "payments"
urlpatterns = [
    path("desk/payments/", views.desk, name="desk"),
    path("desk/payments/owed/<int:pk>/", views.payable, name="payable"),
    path("desk/payments/owed/<int:pk>/invoice/", views.enter_invoice, name="enter_invoice"),
    path(
        "desk/payments/bank-account/<int:pk>/", views.state_bank_account, name="state_bank_account"
    ),
    path("desk/payments/accounts/", account_views.bank_accounts, name="bank_accounts"),
    path(
        "desk/payments/bank-account/<int:pk>/another/",
        account_views.add_bank_account,
        name="add_bank_account",
    ),
    path(
        "desk/payments/accounts/<int:pk>/close/",
        account_views.close_bank_account,
        name="close_bank_account",
    ),
    path("desk/payments/batches/", views.batches, name="batches"),
    path("desk/payments/batches/new/<slug:code>/", views.make_batch, name="make_batch"),
    path("desk/payments/batches/<slug:number>/", views.batch, name="batch"),
    path("desk/payments/batches/<slug:number>/approve/", views.approve_batch, name="approve_batch"),
    path("desk/payments/batches/<slug:number>/cancel/", views.cancel_batch, name="cancel_batch"),
    path("desk/payments/batches/<slug:number>/send/", views.send_batch, name="send_batch"),
    path("desk/payments/payouts/<int:pk>/advice.pdf", views.advice, name="advice"),
    path("desk/payments/payouts/<int:pk>/confirm/", views.confirm_payout, name="confirm_payout"),
    path(
        "desk/payments/payouts/<int:pk>/came-back/",
        connect_views.return_payout,
        name="return_payout",
    ),
    path(
        "desk/payments/payouts/<int:pk>/take-back/",
        connect_views.recall_payout,
        name="recall_payout",
    ),
    path(
        "desk/payments/stripe-account/<int:pk>/", connect_views.start_account, name="start_account"
    ),
    path("desk/payments/payouts/<int:pk>/fail/", views.fail_payout, name="fail_payout"),
    path("desk/payments/deposits/", deposit_views.deposits, name="deposits"),
    path("desk/payments/shortfalls/", deposit_views.shortfalls, name="shortfalls"),
    path("desk/payments/deposits/new/", deposit_views.record_deposit, name="record_deposit"),
    path("desk/payments/deposits/<int:pk>/", deposit_views.deposit, name="deposit"),
    path(
        "desk/payments/deposits/<int:pk>/refund/",
        deposit_views.refund_deposit,
        name="refund_deposit",
    ),
    path(
        "desk/payments/refunds/<int:pk>/paid/", deposit_views.confirm_refund, name="confirm_refund"
    ),
    path("desk/payments/refunds/<int:pk>/failed/", deposit_views.fail_refund, name="fail_refund"),
    path(
        "desk/payments/announced/new/",
        deposit_views.announce_remittance,
        name="announce_remittance",
    ),
    path("desk/payments/announced/<int:pk>/", deposit_views.remittance, name="remittance"),
    path(
        "desk/payments/announced/<int:pk>/call-off/",
        deposit_views.cancel_remittance,
        name="cancel_remittance",
    ),
    path(
        "desk/payments/announced/<int:pk>/online/",
        deposit_views.start_checkout,
        name="start_checkout",
    ),
    path("desk/payments/stripe/", event_views.events, name="events"),
    path("desk/payments/stripe/<int:pk>/", event_views.event, name="event"),
    path("desk/payments/stripe/<int:pk>/again/", event_views.work_off_event, name="work_off_event"),
    path("desk/payments/stripe/<int:pk>/owe-part/", event_views.owe_part, name="owe_part"),
    path(
        "desk/payments/stripe/<int:pk>/set-aside/",
        event_views.set_aside_event,
        name="set_aside_event",
    ),
    path("desk/payments/statements/", statement_views.statements, name="statements"),
    path("desk/payments/statements/<int:pk>/", statement_views.statement, name="statement"),
    path("desk/payments/lines/", statement_views.lines, name="lines"),
    path("desk/payments/lines/read-in/", statement_views.import_statement, name="import_statement"),
    path("desk/payments/lines/<int:pk>/", statement_views.line, name="line"),
    path("desk/payments/lines/<int:pk>/match/", statement_views.match_line, name="match_line"),
    path("desk/payments/lines/<int:pk>/paid/", statement_views.match_payout, name="match_payout"),
    path(
        "desk/payments/lines/<int:pk>/came-back/", statement_views.match_return, name="match_return"
    ),
    path(
        "desk/payments/lines/<int:pk>/set-aside/",
        statement_views.set_aside_line,
        name="set_aside_line",
    ),
    path(
        "desk/payments/lines/<int:pk>/send-back/", statement_views.return_line, name="return_line"
    ),
    path("desk/payments/lines/<int:pk>/undo/", statement_views.reopen_line, name="reopen_line"),
    path("payments/stripe/", event_views.stripe_webhook, name="stripe_webhook"),
]
