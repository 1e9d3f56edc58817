"""Style sheet, script and icons under names that change with their content."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """Strict about files that ``collectstatic`` did not see, once it has been run.

    Before that there are no other names than the plain ones. Commands look at pages too, the import above all, and
    a server is often set up by an import first.
    """

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name
