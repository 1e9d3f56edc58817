"""Views of the System page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin import messages

from portfolio.admin.permissions import administrator_get, administrator_post
from portfolio.admin.system.facts import system_facts
from portfolio.admin.system.trial_mail import send_trial_mail


@administrator_get
def system(request: HttpRequest) -> HttpResponse:
    context = {"facts": system_facts(), "page_title": "System", "header_icon": "cogs"}
    return render(request, "portfolio/admin/system/index.html", context)


@administrator_post
def trial_mail(request: HttpRequest) -> HttpResponse:
    """Send a mail to the signed-in user."""
    address = request.user.email
    if not address:
        messages.error(request, "Your account has no mail address. Enter one under Account.")
    elif reason := send_trial_mail(address):
        messages.error(request, f"No mail was sent to {address}. {reason}")
    else:
        messages.success(request, f"A mail was sent to {address}. If it does not arrive, check your spam folder.")
    return redirect("system")
