"""The worker: which modules hold tasks. When they run stands in the settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sterk.settings")

TASK_MODULES = [
    "sterk.mail.tasks",
    "sterk.mail.clock",
    "sterk.reports.tasks",
    "sterk.reports.clock",
    "labels.registrations.clock",
    "peerreview.reviews.clock",
]

app = Celery("sterk", include=TASK_MODULES)
app.config_from_object("django.conf:settings", namespace="CELERY")
