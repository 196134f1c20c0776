"""Who may look after the outbox."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.notifications.models import Outgoing
from foundation.permissions import holds, permit

is_administrator = holds("administrator")


def was_given_up(message: Outgoing) -> Any:
    """It was tried often enough and is not tried any more."""
    if message.sent_at:
        return _("This message has been sent.")
    return None if message.gave_up_at else _("This message is still being tried.")


permit(
    "retry_outgoing",
    who=is_administrator,
    when=was_given_up,
    meaning=_("try an undelivered message again"),
)
