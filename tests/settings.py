"""The settings of the house, with what tests need otherwise."""

from tempfile import TemporaryDirectory

from sterk.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True  # static files are read where they lie, not collected first

# A file: a worker, or somebody else who saves at the same time, is another process or thread and cannot see our memory.
SCRATCH = TemporaryDirectory(prefix="sterk-test-")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{SCRATCH.name}/sterk.sqlite3"}  # noqa: F405
