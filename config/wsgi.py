"""The door a web server uses."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from reporting import rendering  # noqa: E402  (there are no models before the application)

rendering.warm_up()
