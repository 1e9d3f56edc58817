"""The ledger of imports: which bytes became which page, so that the next import and the export know what changed."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page, Revision


class ImportSite(models.Model):
    """One Markdown site that is imported from, over and over; ``key`` is what the source calls itself."""

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=255, blank=True)

    def __str__(self) -> str:
        return self.key


class ImportRun(models.Model):
    """One import that wrote something, with its report (the JSON of ``portfolio.importer.report``).

    ``changes`` is what ``portfolio.importer.undo`` needs to take it back.
    """

    site = models.ForeignKey(ImportSite, on_delete=models.CASCADE, related_name="runs")
    started_at = models.DateTimeField()
    report = models.JSONField()
    changes = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.site} {self.started_at:%Y-%m-%d %H:%M}"


class ImportedAsset(models.Model):
    """A file of the source tree that content uses, under the address where the old site served it.

    It became an ``image``, a ``document``, or a ``file`` of its own: video, sound and drawings, which have no place in
    either library; the others are empty. ``sha256`` is of the file as it lay in the source; the stored one may have
    been turned upright, stripped of its position or, a drawing, of what could run in it.
    """

    site = models.ForeignKey(ImportSite, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=500, db_index=True)
    old_url = models.CharField(max_length=500, db_index=True)
    sha256 = models.CharField(max_length=64)
    image = models.ForeignKey("portfolio.CustomImage", null=True, on_delete=models.SET_NULL, related_name="+")
    document = models.ForeignKey("wagtaildocs.Document", null=True, on_delete=models.SET_NULL, related_name="+")
    file = models.FileField(upload_to="files", max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="one_asset_per_path")]

    def __str__(self) -> str:
        return self.path

    @property
    def url(self) -> str | None:
        """Where the file is now; None when what it became was deleted."""
        if self.image is not None:
            return self.image.file.url
        if self.document is not None:
            return self.document.url
        return self.file.url if self.file else None


class PendingFile(models.Model):
    """A file that a running import has put into the storage; its row is stored when the import ends.

    ``kind`` is "image", "document" or "file", as in ``ImportedAsset``. What is here before an import begins was left
    by one that was killed.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.name


class ImportedFile(models.Model):
    """A file of the source tree that became no page and that the export gives back.

    Configuration, layouts, includes and data, without which the old engine could not build the tree; lists that only
    the old engine fills; documents that could not be read.
    """

    site = models.ForeignKey(ImportSite, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="one_file_per_path")]

    def __str__(self) -> str:
        return self.path


class ImportedDocument(models.Model):
    """A source file as it was last imported.

    ``fingerprint`` covers the file and all it was converted with; ``assets`` maps each local file the document uses
    to the SHA-256 it had, or null when it was missing. ``source`` keeps the file's bytes: the export gives them back.
    """

    site = models.ForeignKey(ImportSite, on_delete=models.CASCADE, related_name="documents")
    path = models.CharField(max_length=500)
    kind = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    source = models.BinaryField()
    body_start = models.PositiveIntegerField(default=0)
    assets = models.JSONField(default=dict)
    constructs = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="one_document_per_path")]

    def __str__(self) -> str:
        return self.path


class ImportedPage(models.Model):
    """A page that a document became.

    ``part`` tells the pages of one document apart ("" for the main one). ``revision`` is the one the import wrote: a
    later one means that somebody edited the page. ``page`` is null once an editor has deleted it. ``blocks`` lists,
    in the order of the source, ``{"id": block id or null, "start", "end": byte offsets, "hash": of the value}``; an
    entry without a block is source that shows nothing. ``old_urls`` are the addresses it answered on the old site.
    ``fields`` is what the page's own fields said in front matter's terms: the export changes the keys that differ now.
    ``source_content`` is the serialised page as the source alone would have it, when the page also holds what an editor
    wrote; ``conflicts`` counts the places where the two disagreed at the last import.
    """

    document = models.ForeignKey(ImportedDocument, on_delete=models.CASCADE, related_name="pages")
    part = models.CharField(max_length=255, blank=True)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="imported_from")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    blocks = models.JSONField(default=list)
    old_urls = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    source_content = models.JSONField(null=True)
    conflicts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "part"], name="one_page_per_part")]

    def __str__(self) -> str:
        return f"{self.document}#{self.part}" if self.part else str(self.document)
