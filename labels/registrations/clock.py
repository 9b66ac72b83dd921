"""What happens to registrations because time passes."""

import logging

from celery import shared_task
from django.utils import timezone

from labels.registrations import actions
from labels.registrations.models import Registration
from labels.registrations.states import EXPIRE
from sterk.lifecycle import Refusal

log = logging.getLogger(__name__)


@shared_task
def expire_due():
    """End every registration whose last day has passed; one that fails does not stop the others. Returns how many."""
    today, ended = timezone.localdate(), 0
    for registration in Registration.objects.filter(
        valid_until__lt=today, state__in=EXPIRE.sources
    ):
        try:
            actions.expire(registration, on=today)
            ended += 1
        except Refusal:
            log.info("Registration %s had already ended.", registration.pk)
    return ended
