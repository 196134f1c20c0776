"""How django-allauth meets our house: letters in the reader's language, homes, sealed secrets."""

from __future__ import annotations

import base64
import hashlib
import smtplib
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import translation

from foundation.notifications.operations import tell_address
from foundation.people.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and the letters around them."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send now, so that a reset link does not wait; if the post is away, by the outbox."""
        request = allauth_context.request
        language = self._language_of(email)
        host = request.get_host() if request else ""
        with translation.override(language):
            message = self.render_mail(
                template_prefix,
                email,
                {
                    "request": request,
                    "email": email,
                    "current_site": SimpleNamespace(name="工创 Gongchuang", domain=host),
                    **context,
                },
            )
        try:
            message.send()
        except (OSError, smtplib.SMTPException):
            self._put_into_outbox(message, email, language)

    def _put_into_outbox(self, message: EmailMessage, email: str, language: str) -> None:
        tell_address(
            email,
            "account_letter",
            language=language,
            subject=message.subject,
            body=str(message.body),
        )

    def _language_of(self, email: str) -> str:
        """What the owner of the address reads in; a stranger's page's language otherwise."""
        person = Person.objects.filter(email__iexact=email).only("language").first()
        return person.language if person else (translation.get_language() or settings.LANGUAGE_CODE)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The person's desk, in the person's language."""
        language = getattr(request.user, "language", settings.LANGUAGE_CODE)
        with translation.override(language):
            return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same, for who has just come."""
        return self.get_login_redirect_url(request)


class MFAAdapter(DefaultMFAAdapter):
    """The second step: its secrets are encrypted at rest, and who needs it keeps it."""

    def encrypt(self, text: str) -> str:
        """The secret as the database holds it."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as the arithmetic needs it."""
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever needs the second step may replace it, not give it up."""
        from foundation.people.second_factor import (  # allauth loads us first
            second_factor_required,
        )

        if not second_factor_required(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def _fernet() -> Fernet:
    """The cipher of second-step secrets: its key is derived from its own setting."""
    digest = hashlib.sha256(b"second factor\n" + settings.MFA_SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
