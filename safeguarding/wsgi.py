"""What gunicorn serves. It refuses to start with weak secrets, the wrong keys or the wrong database role."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
application = get_wsgi_application()

from safeguarding import checks  # noqa: E402  # needs the apps that the line above loads

checks.refuse_to_start_unsafe()
