"""OpenSearch description: lets a browser add the site's search (https://github.com/dewitt/opensearch)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portfolio.models import SiteSettings

# What the specification allows for a short name.
LONGEST_NAME = 16


@require_safe
@cache_control(public=True, max_age=60 * 60)
def opensearch(request: HttpRequest) -> HttpResponse:
    name = SiteSettings.for_request(request).owner_name or request.get_host()
    context = {
        "name": name,
        "short_name": name if len(name) <= LONGEST_NAME else name.split()[0][:LONGEST_NAME],
        "icon": request.build_absolute_uri(static("portfolio/img/mark.svg")),
        "search": request.build_absolute_uri(reverse("search")),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")
