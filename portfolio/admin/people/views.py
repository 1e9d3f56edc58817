"""Views of invitations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.log_actions import log

from portfolio.admin.people.invitations import InvitationForm, invitation_link, send_invitation
from portfolio.admin.permissions import is_administrator

PAGE = {"page_title": "Invite somebody", "header_icon": "mail"}


@user_passes_test(is_administrator)
def invite(request: HttpRequest) -> HttpResponse:
    """Create an account and show the link that its owner gets."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.create_user()
        log(user, "wagtail.create", user=request.user)
        return show_link(request, user)
    return render(request, "portfolio/admin/people/invite.html", {"form": form, **PAGE})


@user_passes_test(is_administrator)
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for somebody who has not signed in yet."""
    user = get_object_or_404(get_user_model(), pk=pk)
    if user.last_login is not None or not user.is_active:
        messages.error(request, f"{user} has signed in already. A new password is set on the sign-in page.")
        return redirect("wagtailusers_users:index")
    if request.method == "POST":
        return show_link(request, user)
    return render(request, "portfolio/admin/people/invite_again.html", {"invited": user, **PAGE})


def show_link(request: HttpRequest, user: Any) -> HttpResponse:
    link = invitation_link(user)
    context = {
        "invited": user,
        "link": link,
        "reason": send_invitation(user, link),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        **PAGE,
    }
    return render(request, "portfolio/admin/people/invited.html", context)
