"""URLs of documents and of the passwords of private collections, under Wagtail's names."""

from __future__ import annotations

from django.urls import path, re_path

from portfolio.delivery.document_serving import serve_document
from portfolio.delivery.passwords import collection_password

urlpatterns = [
    # At most as many digits as a database key has: Python refuses to convert thousands of digits.
    re_path(r"^(\d{1,18})/(.*)$", serve_document, name="wagtaildocs_serve"),
    path(
        "authenticate_with_password/<int:restriction_id>/",
        collection_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
