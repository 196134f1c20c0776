"""What people are told about surveys and needs."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "survey_closed",
    group="needs",
    title=_("The survey “%(survey)s” is closed"),
    body=_("%(answers)s answers came in. Look at the results, draw up needs, and publish them."),
)
