"""A StreamField whose migrations hold no block definitions."""

from __future__ import annotations

from typing import Any

from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField

from portfolio.blocks.unknown_fields import with_unknown_fields


class BlockField(StreamField):
    """A StreamField that a migration knows as a column of JSON: adding or changing a block makes no migration.

    The database column is the same whatever blocks there are, and the full definitions would add some 1,500 lines to
    the migrations at each change. A data migration that changes stored blocks uses Wagtail's ``MigrateStreamData``,
    which works on the raw JSON and needs no definitions
    (https://docs.wagtail.org/en/stable/advanced_topics/streamfield_migrations.html).
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, _, kwargs = super().deconstruct()
        # Wagtail's own class, so that migrations import nothing of this project.
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}

    def save_form_data(self, instance: Any, data: Any) -> None:
        """Take the blocks of a form, with the fields of each that no form of this release shows."""
        before = getattr(instance, self.name)
        if isinstance(data, StreamValue) and isinstance(before, StreamValue):
            data = with_unknown_fields(data, before)
        super().save_form_data(instance, data)
