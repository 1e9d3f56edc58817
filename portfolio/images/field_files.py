"""Adapter to private parts of Django and Wagtail: file fields that are assigned and perhaps not stored yet.

``FieldFile._committed`` is the only place that says whether a file is stored, and Wagtail's forms call the private
method ``_set_image_file_metadata`` of an image. ``tests/images/test_uploads.py`` fails when these change.
"""

from __future__ import annotations

from django.db.models.fields.files import FieldFile


def is_stored(file: FieldFile) -> bool:
    return file._committed


class KnownFileMetadata:
    """Mixin for an image model: keep the size and hash that ``SanitisedImageFieldFile`` has set.

    Wagtail's method opens the stored file again to compute them, and does not close it.
    """

    def _set_image_file_metadata(self) -> None:
        if self.sanitised_name != self.file.name:
            super()._set_image_file_metadata()
