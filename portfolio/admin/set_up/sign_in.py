"""Sign-in: the first one on a new site leads the administrator to the set-up."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.views.account import LoginView


def is_first_on_site(user: Any) -> bool:
    """Whether ``user`` is an administrator, and nobody has ever signed in."""
    return user.is_superuser and not get_user_model().objects.exclude(last_login=None).exists()


class SignInView(LoginView):
    def form_valid(self, form: Any) -> HttpResponse:
        is_first = is_first_on_site(form.get_user())
        response = super().form_valid(form)
        # The form always names an address; without one of a page that was asked for, it is that of the dashboard.
        is_asked_for = self.get_redirect_url() not in ("", reverse("wagtailadmin_home"))
        return redirect("set_up") if is_first and not is_asked_for else response
