"""Password forms of private pages and documents, which redirect only to what the password protects.

Wagtail redirects to the form's ``return_url``, any address of the site. A prepared link could lead a reader from a
trusted password form to another page, and a value that is no address is a server error.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from wagtail.documents import get_document_model
from wagtail.documents.views import serve as documents
from wagtail.models import CollectionViewRestriction, Page
from wagtail.views import authenticate_with_password

from portfolio.markdown.addresses import split_address

FRONT_PAGE = "/"


def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Ask for a page's password, then redirect to the page. 404 for a draft or a page without this restriction."""
    page = get_object_or_404(Page.objects.live(), pk=page_id)
    if not page.get_view_restrictions().filter(pk=page_view_restriction_id).exists():
        raise Http404("The page is not behind this password")
    address = page_address(page, request)
    set_return_url(request, address)
    response = authenticate_with_password(request, page_view_restriction_id, page_id)
    return HttpResponseRedirect(address) if response.status_code == 302 else response


def set_return_url(request: HttpRequest, address: str) -> None:
    """Replace the form's ``return_url``. A form that is shown again keeps the new value."""
    request.POST = request.POST.copy()
    request.POST["return_url"] = address


def page_address(page: Page, request: HttpRequest) -> str:
    """The address of the page, with the requested query string (``?page=2`` of a list)."""
    address = page.get_url(request) or FRONT_PAGE
    wanted = split_address(request.POST.get("return_url", ""))
    same = wanted.path == split_address(address).path and wanted.netloc in ("", request.get_host())
    return f"{address}?{wanted.query}" if same and wanted.query else address


def collection_password(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Ask for the password of a collection, then redirect to the requested document."""
    restriction = get_object_or_404(CollectionViewRestriction, pk=restriction_id)
    set_return_url(request, document_address(request.POST.get("return_url", ""), restriction))
    return documents.authenticate_with_password(request, restriction_id)


def document_address(wanted: str, restriction: CollectionViewRestriction) -> str:
    """The address of the document at ``wanted`` if the restriction covers it, else the home page."""
    try:
        match = resolve(split_address(wanted).path)
    except Resolver404:
        return FRONT_PAGE
    if match.view_name != "wagtaildocs_serve":
        return FRONT_PAGE
    collections = restriction.collection.get_descendants(inclusive=True)
    document = get_document_model().objects.filter(pk=match.args[0], collection__in=collections).first()
    return document.url if document else FRONT_PAGE
