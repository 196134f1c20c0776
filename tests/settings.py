"""Settings of the tests: the real ones, without what only costs time or reaches outside."""

import os

os.environ["GONGCHUANG_DEBUG"] = "1"  # tests of the production start run in their own process
os.environ.setdefault("GONGCHUANG_VAR", os.path.join(os.getcwd(), "var", "test"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread

from marketplace.settings import *  # noqa: F403  # after the environment is as tests need it
from marketplace.settings import (  # same reason
    DATABASES,
    MIDDLEWARE,
    STORAGES,
    WAGTAILSEARCH_BACKENDS,
)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = {**STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
CELERY_BROKER_URL = "memory://"
SCRYPT_LOG_N = 4
VISITS_SECONDS = 0
# the studio's own search: keeping it up is half the price of laying out the site
WAGTAILSEARCH_BACKENDS = {"default": {**WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
if "init_command" in DATABASES["default"]["OPTIONS"]:
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
if "options" in DATABASES["default"]["OPTIONS"]:
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
