"""The ground floor that every house stands on."""

from sterk.celery import app as celery_app

__all__ = ["celery_app"]
