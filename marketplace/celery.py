"""The background: Celery only rings the bell; what has to be done stands in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

app = Celery("gongchuang")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
