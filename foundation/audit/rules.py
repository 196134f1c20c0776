"""Who may read the whole trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.permissions import holds, permit

may_read_trail = holds("auditor") | holds("administrator")

permit("read_trail", who=may_read_trail, meaning=_("read the whole trail"))
