"""What every row that is a job shares: the row is the job, Celery only rings the bell.

A job is *due* when it waits, or when it runs under a lease that has ended (its worker is gone). ``claim`` gives it a
lease in a short transaction; only the holder of that lease may finish it. After three attempts it fails for good.
"""

import logging
import threading
import time
import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error, connection, models, transaction
from django.utils import timezone
from kombu import pools

ATTEMPTS = 3
LEASE = timedelta(seconds=30)
HEARTBEAT = 8.0  # seconds; a job that takes longer than this renews its lease
PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}  # while somebody waits for a page
SILENCE = 10.0  # seconds in which a broker that did not answer is left alone

log = logging.getLogger(__name__)
_broker = {"silent_until": 0.0}


class JobState(models.TextChoices):
    """The life of a job. Messages and reports share it."""

    QUEUED = "queued", "in de wachtrij"
    RUNNING = "running", "bezig"
    DONE = "done", "gereed"
    FAILED = "failed", "mislukt"


class JobQuerySet(models.QuerySet):
    """Questions about rows that are jobs."""

    def due(self, now=None):
        """Waiting and allowed to start, or running under a lease that has ended."""
        now = now or timezone.now()
        waiting = models.Q(state=JobState.QUEUED, not_before__lte=now)
        return self.filter(waiting | models.Q(state=JobState.RUNNING, lease_until__lt=now))


class Job(models.Model):
    """State, lease and attempts of one piece of work."""

    state = models.CharField("stand", max_length=10, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)  # for staff: why the last attempt failed

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_due(self, now):
        """Whether this row, read under a lock, may be claimed now."""
        if self.state == JobState.QUEUED:
            return self.not_before <= now
        return self.state == JobState.RUNNING and self.lease_until < now

    def holds(self, lease):
        """Whether this row, read under a lock, is still ours to finish."""
        return self.state == JobState.RUNNING and self.lease == lease


def new_lease():
    """Fields of a fresh lease, to be written by the move that starts a job."""
    return {"lease": uuid.uuid4(), "lease_until": timezone.now() + LEASE}


@contextmanager
def kept(job):
    """Renew the lease of a claimed job for as long as the block runs."""
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(type(job), job.pk, job.lease, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(model, pk, lease, done):
    while not done.wait(HEARTBEAT):
        mine = model.objects.filter(pk=pk, lease=lease, state=JobState.RUNNING)
        try:
            mine.update(lease_until=timezone.now() + LEASE)
        except Error as fault:  # a database that is gone for a moment; a lease lasts three beats
            log.warning("The lease of %s %s was not renewed: %s", model.__name__, pk, fault)
        finally:
            connection.close()


def ring(task, pk):
    """After the commit, tell a worker that there is work. A broker that is down costs nobody anything.

    The clock rings again for whatever is due, so a lost bell delays a job by seconds and loses nothing.
    """
    transaction.on_commit(lambda: _ring_now(task, pk))


def _ring_now(task, pk):
    if time.monotonic() < _broker["silent_until"]:
        return
    impatient = task.app.connection_for_write(transport_options=PATIENCE)
    try:
        with pools.producers[impatient].acquire(block=True, timeout=1) as producer:
            task.apply_async(args=[pk], retry=False, ignore_result=True, producer=producer)
    except Exception as fault:  # any fault of the broker means the same here: the clock will ring
        _broker["silent_until"] = time.monotonic() + SILENCE
        log.warning("The broker does not answer (%s); the clock rings later.", type(fault).__name__)
