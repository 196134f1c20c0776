"""Addresses of this room."""

from django.urls import path

from marketplace.payments import views

app_name = "payments"
urlpatterns = [
    path("desk/payments/", views.desk, name="desk"),
    path("desk/payments/owed/<int:pk>/", views.payable, name="payable"),
    path("desk/payments/owed/<int:pk>/invoice/", views.enter_invoice, name="enter_invoice"),
    path(
        "desk/payments/bank-account/<int:pk>/", views.state_bank_account, name="state_bank_account"
    ),
    path("desk/payments/batches/", views.batches, name="batches"),
    path("desk/payments/batches/new/<slug:code>/", views.make_batch, name="make_batch"),
    path("desk/payments/batches/<slug:number>/", views.batch, name="batch"),
    path("desk/payments/batches/<slug:number>/approve/", views.approve_batch, name="approve_batch"),
    path("desk/payments/batches/<slug:number>/cancel/", views.cancel_batch, name="cancel_batch"),
    path("desk/payments/batches/<slug:number>/send/", views.send_batch, name="send_batch"),
    path("desk/payments/payouts/<int:pk>/confirm/", views.confirm_payout, name="confirm_payout"),
    path("desk/payments/payouts/<int:pk>/fail/", views.fail_payout, name="fail_payout"),
    path("desk/payments/deposits/", views.deposits, name="deposits"),
    path("desk/payments/deposits/new/", views.record_deposit, name="record_deposit"),
]
