"""Taking files in."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Writes to disk no more of a file than we accept, and still knows how big it was.

    The rest of the form arrives as it was sent, so that the person hears what is wrong beside the field and loses nothing.
    """

    def receive_data_chunk(self, raw_data, start):
        if start <= settings.UPLOAD_LIMIT:
            super().receive_data_chunk(raw_data, start)
