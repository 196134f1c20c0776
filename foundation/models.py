"""The hall of the ground floor's models."""

from foundation.audit.models import Entry
from foundation.documents.models import Document
from foundation.due.models import DueEvent
from foundation.notifications.models import Notification, Outgoing, Preference
from foundation.organisations.models import (
    Claim,
    District,
    Membership,
    Organisation,
    Replacement,
    Union,
)
from foundation.organisations.standing_models import Ban, Proof, RelatedParty, RequiredProof
from foundation.people.models import Appointment, Invitation, Person
from foundation.seals.models import Seal
from foundation.search.models import Findable, Followed
from foundation.vault.models import Key
from foundation.workdays.models import CalendarYear, SpecialDay

__all__ = [
    "Appointment",
    "Ban",
    "CalendarYear",
    "Claim",
    "District",
    "Document",
    "DueEvent",
    "Entry",
    "Findable",
    "Followed",
    "Invitation",
    "Key",
    "Membership",
    "Notification",
    "Organisation",
    "Outgoing",
    "Person",
    "Preference",
    "Proof",
    "RelatedParty",
    "Replacement",
    "RequiredProof",
    "Seal",
    "SpecialDay",
    "Union",
]
