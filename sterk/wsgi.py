"""The way in for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from sterk.celery import app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sterk.settings")

application = get_wsgi_application()

# The client of the broker takes most of a second to load: now, and not while somebody waits for a page.
app.connection_for_write().get_transport_cls()
