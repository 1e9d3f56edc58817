"""Views of the set-up: the page after the first sign-in, and the removal of the demo."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.log_actions import log

from portfolio.admin.permissions import is_administrator
from portfolio.admin.set_up.demo import edited_demo_pages, remove_demo
from portfolio.admin.set_up.demo_runs import has_demo
from portfolio.admin.set_up.forms import SetUpForm
from portfolio.importer.lock import ImportRunning
from portfolio.models import SiteSettings

EMPTY, IMPORT, LOOK = "empty", "import", "look"
# Where to go once the settings are stored and the demo, if need be, is gone.
NEXT = {EMPTY: "wagtailadmin_home", IMPORT: "import_list", LOOK: "/"}
BUSY = "An import is running on this site. Wait until it is done, then try again."


@user_passes_test(is_administrator)
def set_up(request: HttpRequest) -> HttpResponse:
    """Who the site is about and what it looks like, and how to begin."""
    settings = SiteSettings.for_request(request)
    form = SetUpForm(request.POST or None, request.FILES or None, instance=settings, user=request.user)
    if request.method == "POST" and form.is_valid():
        log(form.save(), "wagtail.edit")
        messages.success(request, "Saved. You find it all under Settings, Site settings.")
        way = request.POST.get("next", "")
        if way in (EMPTY, IMPORT) and has_demo():
            return redirect_to_removal(way)
        return redirect(NEXT.get(way, "wagtailadmin_home"))
    context = {"form": form, "has_demo": has_demo(), "page_title": "Make this site yours", "header_icon": "home"}
    return render(request, "portfolio/admin/set_up/set_up.html", context, status=422 if form.errors else 200)


def redirect_to_removal(way: str) -> HttpResponse:
    response = redirect("remove_demo")
    response["Location"] += f"?next={way}"
    return response


@user_passes_test(is_administrator)
def demo_removal(request: HttpRequest) -> HttpResponse:
    """What would be removed and what stays; with POST it is."""
    target = NEXT[IMPORT if request.GET.get("next") == IMPORT else EMPTY]
    if not has_demo():
        messages.success(request, "The demo is not here.")
        return redirect(target)
    edited = edited_demo_pages()
    try:
        if request.method == "POST":
            chosen = set(request.POST.getlist("edited"))
            removal = remove_demo([page.pk for page in edited if str(page.pk) in chosen])
            messages.success(request, f"The demo is removed: {removal.summary}.")
            return redirect(target)
        removal = remove_demo(dry_run=True)
    except ImportRunning:
        messages.error(request, BUSY)
        return redirect("wagtailadmin_home")
    kept = [title for title in removal.kept if title not in {page.title for page in edited}]
    context = {
        "removal": removal,
        "edited": edited,
        "kept": kept,
        "target": target,
        "page_title": "Remove the demo",
        "header_icon": "bin",
    }
    return render(request, "portfolio/admin/set_up/remove_demo.html", context)
