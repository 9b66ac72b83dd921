"""The worker: which modules hold tasks. When they run stands in the settings."""

import os

from celery import Celery, signals

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


@signals.worker_init.connect
def outlive_the_broker(**_):
    """Let a worker reconnect when its broker went away amid a task.

    Kombu 5.7.0 then asks a channel whose connection is gone where that connection led, and the ``AttributeError`` ends
    the worker: when it gives unheard bells back, and when it confirms the task afterwards. Told as what it is, a lost
    connection, it is borne like any other. ``tests/faults/test_broker.py`` tells when this can go.
    """
    channel = app.connection_for_read().get_transport_cls().Channel
    where_to = channel._connparams

    def connparams(self, *args, **options):
        try:
            return where_to(self, *args, **options)
        except AttributeError as fault:
            raise ConnectionError("The connection of this channel is gone.") from fault

    channel._connparams = connparams
