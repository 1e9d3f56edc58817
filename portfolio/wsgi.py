"""The WSGI application that the production server runs."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portfolio.settings")

application = get_wsgi_application()
# With all views: a worker that cannot import them does not start, and no reader waits for it.
import_module(settings.ROOT_URLCONF)
