"""The form of an experience entry: a draft may wait for role and organisation, a published entry has one of them."""

from __future__ import annotations

from portfolio.validation.page_form import PageForm


class RoleForm(PageForm):
    """Says to the page whether it is validated as a draft."""

    def full_clean(self) -> None:
        self.instance.name_is_required = not self.is_deferred_validation
        try:
            super().full_clean()
        finally:
            self.instance.name_is_required = True
