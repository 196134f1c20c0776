"""Complaints for tests, sent as anybody sends them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AnonymousUser

from marketplace.complaints.keys import key_for
from marketplace.complaints.models import About, Complaint
from marketplace.complaints.operations import answer_complaint, send_complaint, take_complaint
from tests.factories.organisations import make_officer


def make_complaint(*, key: str = "", **fields: Any) -> Complaint:
    """A complaint about the site with a contact, unless told otherwise."""
    fields.setdefault("about", About.SITE)
    fields.setdefault("words", "按钮看不清")
    fields.setdefault("contact", "13800001111")
    return send_complaint(key=key or key_for(uuid.uuid4()), actor=AnonymousUser(), **fields)


def make_answered(**fields: Any) -> Complaint:
    """One that an officer took in hand and answered."""
    officer = make_officer()
    taken = take_complaint(make_complaint(**fields), actor=officer)
    return answer_complaint(taken, answer="已加大字号。", actor=officer)
