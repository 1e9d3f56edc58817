"""New-page menu: the items of the menu “Write”, and the place in the tree where each page type goes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from portfolio.content.registry import NewPageItem, PageKind, kind_named, page_kinds
from portfolio.models.index_pages import IndexPage


class NewPageMenuItem(MenuItem):
    """Shown to people who may add a page somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return PagePermissionPolicy().user_has_permission(request.user, "add")


class NewPageMenu(Menu):
    """The items of all registered page types."""

    @property
    def registered_menu_items(self) -> list[MenuItem]:
        return [menu_item(kind, item) for kind in page_kinds() for item in kind.new_page]


def menu_item(kind: PageKind, item: NewPageItem) -> NewPageMenuItem:
    url = reverse(item.view) if item.view else reverse("new_page", args=[kind.name])
    name = item.view or kind.name
    return NewPageMenuItem(item.label or kind.label, url, name=name, icon_name=item.icon or kind.icon, order=item.order)


def new_page_menu_item() -> SubmenuMenuItem:
    return SubmenuMenuItem("Write", NewPageMenu(), name="write", icon_name="edit", order=50)


def parent_for(model: type[Page], request: HttpRequest) -> Page:
    """The page that a new one of this type goes below: the oldest at which this person may add one."""
    parents = Page.objects.type(*model.allowed_parent_page_models()).order_by("depth", "pk")
    for parent in parents.specific():
        if parent.permissions_for_user(request.user).can_add_subpage() and model.can_create_at(parent):
            return parent
    return new_index(model, request)


def new_index(model: type[Page], request: HttpRequest) -> Page:
    """A draft of the list that pages of this type go below, on a site that has none; see `IndexPage`."""
    index = next((parent for parent in model.allowed_parent_page_models() if issubclass(parent, IndexPage)), None)
    if index is None or index.objects.exists():
        raise PermissionDenied
    parent = parent_for(index, request)
    return index.add_below(parent)


@require_safe
def new_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Open the form of a new page of this kind."""
    registered = kind_named(kind)
    if registered is None or not registered.new_page:
        raise Http404("No such kind of page")
    model = registered.model
    try:
        parent = parent_for(model, request)
    except PermissionDenied:
        messages.error(request, f"There is no page below which you may add this: {registered.label}.")
        return redirect("wagtailadmin_home")
    return redirect("wagtailadmin_pages:add", model._meta.app_label, model._meta.model_name, parent.pk)
