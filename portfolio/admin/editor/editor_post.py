"""Views that answer the scripts of a page's form: for users who write, with messages instead of error pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST
from wagtail.permission_policies.pages import PagePermissionPolicy

from portfolio.admin.markdown_editing.conversion import MAX_TEXT, InvalidText

View = Callable[[HttpRequest], JsonResponse]


def editor_post(view: View) -> View:
    """View decorator: POST only, for users who may add or change pages. ``store_image`` checks more."""

    @wraps(view)
    def checked(request: HttpRequest) -> JsonResponse:
        if not PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change"}):
            raise PermissionDenied
        try:
            return view(request)
        except InvalidText as error:
            return JsonResponse({"errors": [with_line(line, message) for line, message in error.lines]}, status=422)

    return require_POST(checked)


def posted_text(file: UploadedFile | None) -> str:
    """The text of a posted file. A form field would be too small for it."""
    if file is None:
        return ""
    if file.size > 4 * MAX_TEXT:
        check_length("", file.size)
    return file.read().decode("utf-8", "replace")


def check_length(text: str, length: int = 0) -> None:
    if max(len(text), length) > MAX_TEXT:
        raise InvalidText((None, f"This is more than {MAX_TEXT:,} characters. Paste it in parts."))


def with_line(line: int | None, message: str) -> str:
    return f"Line {line}: {message}" if line else message
