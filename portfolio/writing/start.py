"""Starting a page from wherever one is: the menu “Write”, which knows where each kind of page goes."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page as the menu names it; ``model`` is its label."""

    label: str
    model: str
    icon: str
    order: int


KINDS = {
    "post": Kind("Post", "blog.BlogPage", "edit", 10),
    "interview": Kind("Interview", "blog.InterviewPage", "openquote", 20),
    "role": Kind("Experience entry", "experience.ExperiencePage", "site", 50),
    "page": Kind("Plain page", "portfolio.StandardPage", "doc-empty", 60),
}


class WriterMenuItem(MenuItem):
    """Shown to whoever may add a page somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return PagePermissionPolicy().user_has_permission(request.user, "add")


write_menu = Menu(register_hook_name="register_write_menu_item")


def begin_each_kind() -> None:
    """Give every kind of page its place in the menu."""
    for name, kind in KINDS.items():
        address = reverse_lazy("start", args=[name])
        item = WriterMenuItem(kind.label, address, name=name, icon_name=kind.icon, order=kind.order)
        hooks.register("register_write_menu_item", lambda item=item: item)


def write_menu_item() -> SubmenuMenuItem:
    return SubmenuMenuItem("Write", write_menu, name="write", icon_name="edit", order=50)


def place_for(model: type[Page], request: HttpRequest) -> Page:
    """The page that a new one of this kind goes below: the oldest at which this person may add one."""
    parents = Page.objects.type(*model.allowed_parent_page_models()).order_by("depth", "pk")
    for parent in parents.specific():
        if parent.permissions_for_user(request.user).can_add_subpage() and model.can_create_at(parent):
            return parent
    raise PermissionDenied


def also_begin(label: str, view: str, icon: str, order: int) -> None:
    """Give an app's own way of beginning a page its place in the menu."""
    item = WriterMenuItem(label, reverse_lazy(view), name=view, icon_name=icon, order=order)
    hooks.register("register_write_menu_item", lambda: item)


@require_safe
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """Open the form of a new page of this kind."""
    if kind not in KINDS:
        raise Http404("No such kind of page")
    model = apps.get_model(KINDS[kind].model)
    try:
        parent = place_for(model, request)
    except PermissionDenied:
        messages.error(request, f"There is no page below which you may add this: {KINDS[kind].label}.")
        return redirect("wagtailadmin_home")
    return redirect("wagtailadmin_pages:add", model._meta.app_label, model._meta.model_name, parent.pk)
