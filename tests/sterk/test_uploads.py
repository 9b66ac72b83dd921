"""A file that is too big is counted, not kept."""

from django.core.files.uploadhandler import MemoryFileUploadHandler

from sterk.uploads import CappedUploadHandler

CHUNK = b"x" * 65536


def test_no_more_than_the_limit_is_written_and_the_size_is_still_known(settings):
    settings.UPLOAD_LIMIT = 3 * len(CHUNK)
    handler = CappedUploadHandler()
    handler.new_file("bestand", "groot.pdf", "application/pdf", None)

    for number in range(100):
        handler.receive_data_chunk(CHUNK, number * len(CHUNK))
    file = handler.file_complete(100 * len(CHUNK))

    assert file.size == 100 * len(CHUNK)
    assert len(file.read()) == 4 * len(CHUNK)


def test_small_files_still_stay_in_memory_and_big_ones_are_capped(settings):
    assert [
        f"{MemoryFileUploadHandler.__module__}.MemoryFileUploadHandler",
        f"{CappedUploadHandler.__module__}.CappedUploadHandler",
    ] == settings.FILE_UPLOAD_HANDLERS
