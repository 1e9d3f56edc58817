"""A Django view and nothing else: no middleware, no database, no template. What the server and Django take at least."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="only-for-the-bench-" + "x" * 40)


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("The tide turns at six.")


urlpatterns = [path("", view)]
application = get_wsgi_application()
