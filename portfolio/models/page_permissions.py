"""Page permissions, stricter than Wagtail's: who may not publish may not delete a colleague's draft."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class StrictPagePermissionTester(PagePermissionTester):
    """Users without the publish permission may delete and move only drafts that they created."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if self.user.is_superuser or not self.user.is_active or "publish" in self.permissions:
            return super().can_delete(ignore_bulk)
        if self.page.owner_id != self.user.pk or not super().can_delete(ignore_bulk):
            return False
        return self.page.is_leaf() or not self.page.get_descendants().exclude(owner=self.user).exists()
