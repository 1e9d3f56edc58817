"""Endpoints of Wagtail's admin API, restricted to the collections that the user may use."""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class PermittedCollectionsMixin:
    """Only objects in collections where the user has a permission: to choose, change or delete.

    Wagtail's endpoints leave out private collections and list everything else to everybody who may enter the admin,
    also what the choosers hide from them.
    """

    def get_queryset(self) -> QuerySet:
        queryset = super().get_queryset()
        policy = policy_registry.get_by_type(self.model)
        permitted = policy.instances_user_has_any_permission_for(self.request.user, ["choose", "change", "delete"])
        return queryset.filter(pk__in=permitted.order_by().values("pk"))


class PermittedImagesViewSet(PermittedCollectionsMixin, ImagesAdminAPIViewSet):
    pass


class PermittedDocumentsViewSet(PermittedCollectionsMixin, DocumentsAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=100)
def replace_api_endpoints(router: WagtailAPIRouter) -> None:
    router.register_endpoint("images", PermittedImagesViewSet)
    router.register_endpoint("documents", PermittedDocumentsViewSet)
