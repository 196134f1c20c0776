"""The laws of people, and the predicates about them that other rooms' laws are built from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.people.models import Appointment, Invitation, Person, Role
from foundation.people.purposes import may_revoke
from foundation.permissions import holds, is_signed_in, is_system, permit

is_officer = holds(Role.OFFICER.value)
is_fund_manager = holds(Role.FUND_MANAGER.value)
is_auditor = holds(Role.AUDITOR.value)
is_editor = holds(Role.EDITOR.value)
is_expert = holds(Role.EXPERT.value)
is_administrator = holds(Role.ADMINISTRATOR.value)


@predicate
def is_oneself(person: Any, subject: Person) -> bool:
    """The person acts on their own account."""
    return person == subject


@predicate
def is_another(person: Any, subject: Person | Appointment) -> bool:
    """It is about somebody else: nobody gives or takes a post of their own."""
    concerned = subject.person if isinstance(subject, Appointment) else subject
    return bool(person != concerned)


@predicate
def is_invited(person: Any, invitation: Invitation) -> bool:
    """The letter went to this person's confirmed address."""
    if not is_signed_in(person):
        return False
    written = invitation.email.casefold()
    if person.email.casefold() != written:
        return False
    return bool(person.emailaddress_set.filter(email__iexact=written, verified=True).exists())


@predicate
def speaks_for(person: Any, invitation: Invitation) -> bool:
    """The person may take back or renew this invitation, as its purpose says."""
    return may_revoke(person, invitation)


def is_active(person: Person) -> Any:
    """The account is in use."""
    return None if person.is_active else _("This account is closed. Open it again first.")


def is_closed(person: Person) -> Any:
    """The account was closed."""
    return _("This account is open already.") if person.is_active else None


def is_running(appointment: Appointment) -> Any:
    """The post is still held."""
    return _("This post has ended already.") if appointment.ended_at else None


def is_open(invitation: Invitation) -> Any:
    """The invitation can still be accepted."""
    if invitation.accepted_at:
        return _("This invitation has been accepted already.")
    if invitation.revoked_at:
        return _("This invitation was taken back. Ask whoever sent it for a new one.")
    if not invitation.is_open:
        return _("This invitation has expired. Ask whoever sent it for a new one.")
    return None


def is_unanswered(invitation: Invitation) -> Any:
    """Nobody has accepted it and nobody took it back; it may have expired."""
    return None if not invitation.accepted_at and not invitation.revoked_at else is_open(invitation)


permit("change_profile", who=is_oneself, meaning=_("change one's own name, phone and language"))
permit(
    "appoint_person",
    who=is_system | (is_administrator & is_another),
    when=is_active,
    meaning=_("give a person a post on the platform"),
)
permit(
    "end_appointment",
    who=is_administrator & is_another,
    when=is_running,
    meaning=_("end a person's post"),
)
permit(
    "deactivate_person",
    who=is_administrator & is_another,
    when=is_active,
    meaning=_("close a person's account"),
)
permit(
    "reactivate_person",
    who=is_administrator & is_another,
    when=is_closed,
    meaning=_("open a person's account again"),
)
permit("invite_person", who=is_administrator, meaning=_("invite a person to a post"))
permit("accept_invitation", who=is_invited, when=is_open, meaning=_("accept an invitation"))
permit(
    "revoke_invitation",
    who=speaks_for,
    when=is_unanswered,
    meaning=_("take an invitation back"),
)
permit(
    "resend_invitation",
    who=speaks_for,
    when=is_unanswered,
    meaning=_("send an invitation again"),
)
