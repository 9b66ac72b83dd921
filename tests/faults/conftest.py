"""A house of real parts around the database of the test."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings as house_settings

from tests.faults.machines import Broker, MailServer, Web, Worker, database_url, ring_at


class House:
    """The parts that one test has running, and where they lie."""

    def __init__(self, folder, data):
        self.data, self.folder = data, folder
        self.broker, self.mail_server = Broker(folder).start(), None
        self.parts = []

    def environment(self):
        """What every part is told."""
        told = {
            "DJANGO_SETTINGS_MODULE": "sterk.settings",
            "SECRET_KEY": house_settings.SECRET_KEY,
            "STERK_DATA_DIR": str(self.data),
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.broker.url,
        }
        return told | ({"EMAIL_URL": self.mail_server.url} if self.mail_server else {})

    def worker(self, **traits):
        """A worker that listens."""
        return self._started(Worker(self.folder, **traits, **self.environment()))

    def web(self):
        """The site."""
        return self._started(Web(self.folder, **self.environment()))

    def post_office(self):
        """A mail server for the workers that start from now on."""
        self.mail_server = MailServer()
        return self.mail_server

    def stop(self):
        """End every part; the broker last."""
        for part in [*self.parts, self.broker]:
            part.kill()
        if self.mail_server:
            self.mail_server.stop()

    def _started(self, part):
        self.parts.append(part)
        return part.start()

    def files(self):
        """The reports on disk."""
        return sorted((self.data / "files" / "reports").glob("*"))


@pytest.fixture
def house(transactional_db, tmp_path):
    """A broker of its own, at which this process rings too, and parts on demand."""
    with TemporaryDirectory(prefix="sterk-") as folder:
        here = House(Path(folder), tmp_path)
        try:
            ring_at(here.broker.url)
            yield here
        finally:
            ring_at(house_settings.CELERY_BROKER_URL)
            here.stop()
