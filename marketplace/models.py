"""The hall of the second floor's models."""

from marketplace.agreements.models import Agreement, Party, Tranche
from marketplace.auditing.models import Answer, Finding, Inspection, Item, Reading, Sample
from marketplace.awards.models import Award, Share
from marketplace.complaints.models import Complaint
from marketplace.delivery.halt_models import Halt, HaltProof, HaltWord
from marketplace.delivery.models import (
    Evidence,
    Extension,
    Goal,
    Joining,
    Milestone,
    Project,
    Report,
    Result,
)
from marketplace.delivery.spending_models import Expense, SupplierInvoice
from marketplace.delivery.voice_models import Asking, Voice
from marketplace.honoraria.models import Correction, HonorariaList, Honorarium
from marketplace.ledger.models import (
    Account,
    Fund,
    Journal,
    Period,
    Shortage,
    Transfer,
    Verification,
    YearEnd,
)
from marketplace.matching.limit_models import Exclusion, Ground, GroupLimit
from marketplace.matching.models import AllocationRun, Interest, Match, Pledge
from marketplace.matching.shelf_models import Note, ShelfIndex, Weights
from marketplace.payments.connect_models import ConnectedAccount
from marketplace.payments.deposit_models import (
    Checkout,
    Deposit,
    Dispute,
    Refund,
    Remittance,
)
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.models import (
    BankAccount,
    Batch,
    Invoice,
    Payable,
    Payout,
)
from marketplace.payments.statement_models import Statement, StatementLine
from marketplace.reconciliation.models import Difference, Reconciliation

__all__ = [
    "Account",
    "Agreement",
    "AllocationRun",
    "Answer",
    "Asking",
    "Award",
    "BankAccount",
    "Batch",
    "Checkout",
    "Complaint",
    "ConnectedAccount",
    "Correction",
    "Deposit",
    "Difference",
    "Dispute",
    "Evidence",
    "Exclusion",
    "Expense",
    "Extension",
    "Finding",
    "Fund",
    "Goal",
    "Ground",
    "GroupLimit",
    "Halt",
    "HaltProof",
    "HaltWord",
    "HonorariaList",
    "Honorarium",
    "Inspection",
    "Interest",
    "Invoice",
    "Item",
    "Joining",
    "Journal",
    "Match",
    "Milestone",
    "Note",
    "Party",
    "Payable",
    "Payout",
    "Period",
    "Pledge",
    "Project",
    "Reading",
    "Reconciliation",
    "Refund",
    "Remittance",
    "Report",
    "Result",
    "Sample",
    "Share",
    "ShelfIndex",
    "Shortage",
    "Statement",
    "StatementLine",
    "StripeEvent",
    "SupplierInvoice",
    "Tranche",
    "Transfer",
    "Verification",
    "Voice",
    "Weights",
    "YearEnd",
]
