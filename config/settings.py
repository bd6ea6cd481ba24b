"""Everything that differs between machines comes from the environment (django-environ).

With DEBUG off nothing has a default that could be wrong in silence: a missing
secret, host or mail address stops the start with a sentence.
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from config.logs import LOGGING  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)


def required(name, development_value, read=env.str):
    """The variable's value; in development a stand-in, otherwise a sentence that stops the start."""
    if name in env.ENVIRON:
        return read(name)
    if DEBUG:
        return development_value
    raise ImproperlyConfigured(
        f"{name} is not set. With DEBUG off the portal needs it; docs/operations.md lists every variable."
    )


SECRET_KEY = required("SECRET_KEY", "development-only-" + "x" * 40)
ALLOWED_HOSTS = required("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"], env.list)
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
STATE_DIR = Path(env.str("STATE_DIR", default=str(ROOT / ".state")))
SECURE = PUBLIC_URL.startswith("https://")
if not DEBUG and not SECURE and not env.bool("ALLOW_PLAIN_HTTP", default=False):
    raise ImproperlyConfigured("PUBLIC_URL must begin with https:// when DEBUG is off.")

INSTALLED_APPS = [
    "programmes.apps.ProgrammesConfig",
    "beneficiaries.apps.BeneficiariesConfig",
    "reporting.apps.ReportingConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_filters",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "js_asset",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "beneficiaries.intake.RefuseOversizedUploads",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "programmes.middleware.PersonsLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.error_pages.OwnErrorPages",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "programmes.rendering.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "builtins": ["django.templatetags.i18n", "programmes.templatetags.figures"],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'ficha.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    # Built sheets carry the programme's version in their key: a process's own copy is never out of date.
    "sheets": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "sheets",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGES = [("es", "Español"), ("en", "English")]
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="es")
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="America/Panama")

AUTH_USER_MODEL = "programmes.User"
AUTHENTICATION_BACKENDS = ["programmes.accounts.PeopleWithRoles"]
PASSWORD_RULES = ("LongEnough", "NotOnlyDigits", "NotCommon", "NotLikeThePerson")
AUTH_PASSWORD_VALIDATORS = [{"NAME": f"programmes.passwords.{rule}"} for rule in PASSWORD_RULES]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "programmes.accounts.NoSelfSignUp"
MFA_ADAPTER = "programmes.accounts.SecondStep"
OWN_FORMS = "programmes.forms.sign_in"
ACCOUNT_FORMS = {
    name: f"{OWN_FORMS}.{name}"
    for name in ("login", "reset_password", "reset_password_from_key", "change_password", "reauthenticate")
}
MFA_FORMS = {name: f"{OWN_FORMS}.second_{name}" for name in ("authenticate", "reauthenticate", "activate_totp")}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
USERSESSIONS_TRACK_ACTIVITY = False

EMAIL_CONFIG = required("EMAIL_URL", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, env.email_url)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", "Ficha <ficha@localhost>")

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(ROOT / "staticfiles")))
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(STATE_DIR / "files")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]  # large, and nobody loads them
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=20 * 1024 * 1024)
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000  # thirty results with sixty achievements each, in one form
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
FIXTURE_DIRS = [ROOT / "fixtures"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # a load balancer asks in plain HTTP, from within
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
