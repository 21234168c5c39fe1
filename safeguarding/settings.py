"""One settings file. Everything that differs between places comes from the environment.

For any secret `NAME`, `NAME_FILE` may name a file that holds it. `safeguarding.checks` refuses to
start with weak or missing secrets, or with the demonstration anywhere but on the loopback.
"""

from pathlib import Path
from urllib.parse import urlsplit

from environs import FileAwareEnv

from safeguarding import embedded

env = FileAwareEnv()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

# --- the place -------------------------------------------------------------------------------
SITE_URL = env.str("SITE_URL", f"http://localhost:{env.str('PORT', '8000')}").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
HTTPS = SITE_URL.startswith("https://")
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
NOT_FOR_LIVE_USE = env.bool("NOT_FOR_LIVE_USE", True)  # a banner until the impact assessment is done
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [SITE_HOST])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ORGANISATION_NAME = env.str("ORGANISATION_NAME", "The Collective")
EXIT_URL = env.str("EXIT_URL", "")
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# --- secrets ---------------------------------------------------------------------------------
_own_secret = VAR_DIR / "keys" / "secret_key"  # script/bootstrap makes it where no SECRET_KEY is given
SECRET_KEY = env.str("SECRET_KEY", _own_secret.read_text().strip() if _own_secret.exists() else "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
KEY_RING_FILE = Path(env.str("KEY_RING_FILE", str(VAR_DIR / "keys" / "keyring.json")))

# --- parts -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "safeguarding.apps.SafeguardingConfig",
    "riskassessment",
    "concerns",
    "reviews",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "safeguarding.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "safeguarding.headers.MethodsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "safeguarding.faults.FaultsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "safeguarding.people.proving.ProvingMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "safeguarding.people.sessions.IdleMiddleware",
    "safeguarding.access.RefusalsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "safeguarding.context.ContextMiddleware",
]
ROOT_URLCONF = "safeguarding.urls"
WSGI_APPLICATION = "safeguarding.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safeguarding.page.page",
            ],
            "builtins": ["safeguarding.templatetags.components"],
        },
    }
]

# --- database: PostgreSQL, as the role that owns nothing -------------------------------------
EMBEDDED_DATABASE = not env.str("DATABASE_URL", "")
DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL", embedded.cluster(VAR_DIR).url(role=embedded.APP), conn_max_age=600
    )
    | {"CONN_HEALTH_CHECKS": True}
}
CONNECT_TIMEOUT, STATEMENT_TIMEOUT, LOCK_TIMEOUT = 5, 15, 5  # seconds
_timeouts = f"-c statement_timeout={STATEMENT_TIMEOUT}s -c lock_timeout={LOCK_TIMEOUT}s"
DATABASES["default"].setdefault("OPTIONS", {}).update(
    {"connect_timeout": CONNECT_TIMEOUT, "options": _timeouts}
)
DATABASE_APP_ROLE = env.str("DATABASE_APP_ROLE", embedded.APP)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # culling early would forget limits and used codes
    }
}

# --- queue: every task means "go and look in PostgreSQL" and may be lost ---------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "")

# --- mail ------------------------------------------------------------------------------------
_mail = env.dj_email_url("EMAIL_URL", "smtp://localhost:8025")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10  # seconds; the outbox lease is longer than every step of one send
BOUNCE_SERVICE = env.str("BOUNCE_SERVICE", "")  # a module of anymail.webhooks, like "postmark"; empty: none
ANYMAIL = {"WEBHOOK_SECRET": env.str("BOUNCE_SECRET", "")}  # "user:password" that the service must give
if env.str("BOUNCE_SIGNING_KEY", ""):
    ANYMAIL[f"{BOUNCE_SERVICE.upper()}_WEBHOOK_SIGNING_KEY"] = env.str("BOUNCE_SIGNING_KEY")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"safeguarding@{SITE_HOST}")

# --- people ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "safeguarding.Person"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique, whatever its case (one_person_per_email)
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "safeguarding.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = False  # an email is never a factor
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # our own form sends that mail: allauth's offers to sign up
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "100/m/ip",  # a workshop signs in from one address
    "login_failed": "50/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "safeguarding.people.forms.SignInForm",
    "reset_password": "safeguarding.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "safeguarding.people.forms.NewPasswordForm",
    "change_password": "safeguarding.people.forms.ChangePasswordForm",
    "reauthenticate": "safeguarding.people.forms.PasswordAgainForm",
}
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60  # seconds that a mailed link works
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_ADAPTER = "safeguarding.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = ORGANISATION_NAME
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "safeguarding.people.forms.CodeForm",
    "reauthenticate": "safeguarding.people.forms.CodeAgainForm",
    "activate_totp": "safeguarding.people.forms.FirstCodeForm",
    "add_webauthn": "safeguarding.people.forms.PasskeyForm",
    "login_webauthn": "safeguarding.people.forms.PasskeySignInForm",
    "authenticate_webauthn": "safeguarding.people.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "safeguarding.people.forms.PasskeyAgainForm",
    "edit_webauthn": "safeguarding.people.forms.PasskeyNameForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "safeguarding.people.passwords.NotEasyValidator"},
    {"NAME": "safeguarding.people.passwords.NotOurNamesValidator"},
]
IDLE_READER = 15 * 60  # seconds without a request, for those who can read concerns
IDLE_OTHERS = 8 * 60 * 60
SESSION_LONGEST = 8 * 60 * 60  # seconds after sign-in, busy or not

# --- cookies and headers ---------------------------------------------------------------------
_cookie = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_cookie}session", f"{_cookie}csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE = "Lax", "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # gone when the browser closes, as /privacy/ says
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no words in a cookie
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = SESSION_LONGEST
CSRF_FAILURE_VIEW = "safeguarding.views.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_SSL_REDIRECT = False  # nginx does it
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer makes browsers send Origin: null, and CSRF fails
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "report-uri": ["/csp-report/"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "fullscreen")
}
# --- sizes -----------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024  # bytes: far too long an account still comes back to its page
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes; a larger file is not taken at all
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # never to a disk in clear
WORDS_LIMIT = 20_000  # characters in one account; longer text makes PDFs slow and is politely refused

# --- times in which somebody must look -------------------------------------------------------
ACKNOWLEDGE_URGENT_HOURS = env.int("ACKNOWLEDGE_URGENT_HOURS", 2)
ACKNOWLEDGE_WORKING_DAYS = env.int("ACKNOWLEDGE_WORKING_DAYS", 1)
DRAFT_DAYS = 30
JOIN_CODE_HOURS = 24
START_WARNING_DAYS = env.int("START_WARNING_DAYS", 3)  # working days before what starts without agreement
ZONE_DAYS = env.int("ZONE_DAYS", 30)  # after the activity: then what people said of zones is deleted
ZONE_MINIMUM = env.int(
    "ZONE_MINIMUM", 5
)  # answers, before a group is told anything; start-up refuses under 4
SECOND_LOOK_WORKING_DAYS = 10
REVIEW_MONTHS = env.list("REVIEW_MONTHS", [4, 10], subcast=int)  # the statement is reviewed from their first
REVIEW_DAYS = env.int("REVIEW_DAYS", 42)  # that one review is open
LEARNING_DELAY_DAYS = env.int("LEARNING_DELAY_DAYS", 91)  # before what we learnt is published
LEARNING_LOOK_AFTER_DAYS = env.int("LEARNING_LOOK_AFTER_DAYS", 182)  # then we ask if it made a difference
CHALLENGE_ANSWER_DAYS = env.int("CHALLENGE_ANSWER_DAYS", 28)  # until what is said of how we act is answered

# --- language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
# Welsh ("cy") joins with its catalogue: offered before, pages in English would call themselves Welsh.
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "Europe/London")

# --- static files ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [("build", BASE_DIR / "static" / "build")]  # what npm built, not its sources
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str("STATICFILES", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
CRISPY_FAIL_SILENTLY = False
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "leaflet"

# --- logs: ids and outcomes, never anybody's words -------------------------------------------
DEFAULT_EXCEPTION_REPORTER = "safeguarding.logs.QuietReporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "safeguarding.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.db.backends": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "fontTools": {"level": "ERROR"},
        "mail.log": {"level": "ERROR"},  # the demonstration's mail server would name who writes to whom
        "weasyprint": {"level": "ERROR"},
    },
}
