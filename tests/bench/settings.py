"""The settings of the house, and beside it the few tables of the bare site that it is measured against."""

from sterk.settings import *  # noqa: F403

INSTALLED_APPS += ["tests.bench"]  # noqa: F405
LOGGING["root"]["level"] = "ERROR"  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
