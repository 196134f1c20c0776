"""Who wants to be told of calls: a person, or an e-mail address that was confirmed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.needs.models import Category
from foundation.organisations.models import District


class Subscription(models.Model):
    """A wish to be told of calls in some categories and districts; none named means all.

    An address without an account counts once its reader has confirmed it; until then it is kept
    for a week at most. Whoever leaves is deleted, not marked.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="call_subscription",
    )
    address = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=10, blank=True)
    categories = models.ManyToManyField(
        Category, related_name="+", blank=True, verbose_name=_("categories")
    )
    districts = models.ManyToManyField(
        District, related_name="+", blank=True, verbose_name=_("districts")
    )
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("subscription to calls")
        verbose_name_plural = _("subscriptions to calls")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="") | (Q(person=None) & ~Q(address="")),
                name="subscription_of_one",
            ),
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(person=None, confirmed_at__isnull=False),
                name="subscription_address_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"  # it stands on the trail: an address never does
