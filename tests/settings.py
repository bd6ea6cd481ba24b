"""The settings tests run under: production's, with a private folder, quick password hashes and no collected files.

The environment is set before ``config.settings`` is read; only DATABASE_URL and FICHA_TABLES come from outside.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="ficha-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ.update(
    DEBUG="0",
    SECRET_KEY="only-for-tests-" + "y" * 40,
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    ALLOW_PLAIN_HTTP="1",
    PUBLIC_URL="http://testserver",
    EMAIL_URL="memorymail://",
    DEFAULT_FROM_EMAIL="Ficha <ficha@example.org>",
    STATE_DIR=_folder,
    MEDIA_ROOT=os.path.join(_folder, "files"),
    STATIC_ROOT=os.path.join(_folder, "static"),
)
for _name in ("LANGUAGE_CODE", "TIME_ZONE", "UPLOAD_MAX_BYTES", "BEHIND_PROXY", "CONN_MAX_AGE"):
    os.environ.pop(_name, None)

# A browser journey leaves an event loop in its thread, beside which Django refuses its database to the next test.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from config.settings import *  # noqa: E402, F403
from config.settings import STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Static files are looked up where they lie, one by one.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
