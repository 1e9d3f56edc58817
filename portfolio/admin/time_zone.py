"""Time zone of the admin: the site's, unless the editor has chosen another under Account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.views.account import LocaleSettingsPanel
from wagtail.models import Site
from wagtail.users.models import UserProfile

from portfolio.models import SiteSettings


class EditorTimeZoneMiddleware:
    """Middleware: give everybody who enters the admin a profile, without which Wagtail uses ``TIME_ZONE``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        in_admin = request.path.startswith(settings.ADMIN_PREFIX) and request.user.is_authenticated
        if in_admin and not hasattr(request.user, "wagtail_userprofile"):
            UserProfile.objects.get_or_create(user=request.user)


def use_site_time_zone() -> None:
    """Wagtail has no setting for the time zone of those who chose none."""
    UserProfile.get_current_time_zone = editor_time_zone
    LocaleSettingsPanel.form_class = TimeZonePreferencesForm


def editor_time_zone(profile: UserProfile) -> str:
    """The time zone of the request is the site's (``owner_time_zone``) until the admin activates this one."""
    return profile.current_time_zone or timezone.get_current_timezone_name()


class TimeZonePreferencesForm(LocalePreferencesForm):
    """The form of language and time zone under Account. Its first choice names the site's time zone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("current_time_zone"):
            field.widget.attrs["data-w-locale-server-time-zone-param"] = site_time_zone()


def site_time_zone() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return SiteSettings.for_site(site).time_zone if site else settings.TIME_ZONE
