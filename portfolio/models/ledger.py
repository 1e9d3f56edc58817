"""The ledger of imports: the source bytes of each page, by which the next import and the export find changes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from django.db import models
from wagtail.models import Page, Revision


class ImportSite(models.Model):
    """A Markdown site that is imported again and again; ``key`` is its address, or the name of its folder."""

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=255, blank=True)
    hosts = models.JSONField(default=list, help_text="Host names of the old site besides that of its URL.")

    def __str__(self) -> str:
        return self.key


class ImportRun(models.Model):
    """One import that wrote something, with its report (the JSON of ``portfolio.documents.report``).

    ``changes`` is the record from which ``portfolio.importer.undo`` undoes it.
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


# Copied files that are kept with the source (`ImportedFile`) and answered from there: what a browser runs, in a
# sandbox, and plain text.
SANDBOXED = frozenset("css htm html js mjs rdf rss atom xht xhtml xml xsl xslt".split())
TEXT = frozenset(
    ("", *"bib cff cfg conf ini json lock log map md markdown rst text toml txt webmanifest yaml yml".split())
)

OUTSIDE = "outside:"


def outside_path(address: str) -> str:
    """The path of an asset that is no file of the source: a ``data:`` address, an ``<svg>``, another host's picture."""
    digest = hashlib.sha256(address.strip().encode("utf-8", "surrogatepass")).hexdigest()
    return f"{OUTSIDE}{digest}" if address.strip() else ""


STORED_NOWHERE = models.Q(image=None, document=None, file="")


class ImportedAssetQuerySet(models.QuerySet["ImportedAsset"]):
    def at(self, paths: Collection[str]) -> ImportedAssetQuerySet:
        """The files at ``paths`` on the old site, or in its source."""
        in_source = [path.removeprefix("/") for path in paths]
        return self.filter(models.Q(old_url__in=paths) | models.Q(path__in=in_source))


def find_stored_files(paths: Collection[str]) -> Iterable[ImportedAsset]:
    """The old site's files at ``paths``, for the blocks that refer to them."""
    return ImportedAsset.objects.at(paths).select_related("image", "document").order_by("pk")


class ImportedAsset(models.Model):
    """A file of the source tree that content uses or the old site served, under its address there.

    The ``path`` of a picture outside the source is that of `outside_path`, and ``old_url`` the address it came from.
    It became an ``image``, a ``document``, or a ``file`` of its own (video, audio, SVG: neither library takes them);
    the others are empty. If all are, the site answers with the `ImportedFile` of the same path, unless ``old_url`` is
    empty: the old engine no longer serves that file. ``sha256`` is of the file in the source; the stored one
    may have been turned upright, stripped of its GPS position or, an SVG, of scripts.
    """

    site = models.ForeignKey(ImportSite, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=500, db_index=True)
    old_url = models.CharField(max_length=500, db_index=True)
    sha256 = models.CharField(max_length=64)
    image = models.ForeignKey("portfolio.CustomImage", null=True, on_delete=models.SET_NULL, related_name="+")
    document = models.ForeignKey("wagtaildocs.Document", null=True, on_delete=models.SET_NULL, related_name="+")
    file = models.FileField(upload_to="files", max_length=500, blank=True)

    objects = ImportedAssetQuerySet.as_manager()

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
    """A file that a running import has stored and whose row is not committed yet.

    ``kind`` is "image", "document" or "file", as in ``ImportedAsset``. Rows that are here before an import begins are
    those of one that was killed.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.name


class ImportedFile(models.Model):
    """A file of the source tree that became no page and that the export writes again.

    Configuration, layouts, includes and data, without which the old engine could not build the site; listing pages,
    which the old engine generated; documents that could not be read. ``rendered`` is what the old engine made of a
    template such as ``browserconfig.xml``, which answers at its old address.
    """

    site = models.ForeignKey(ImportSite, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    rendered = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="one_file_per_path")]

    def __str__(self) -> str:
        return self.path


class ImportedDocument(models.Model):
    """A source file as it was last imported.

    ``fingerprint`` covers the file and all that its conversion depends on; ``assets`` maps each local file that the
    document uses to its SHA-256, or null when it was missing. ``source`` has the file's bytes, for the export.
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
    ``fields`` are the page's own fields as front matter keys: the export changes the keys that differ now. Of these,
    ``published`` says whether the source publishes the page.
    ``source_content`` is the serialised page as the source alone would have it, when the page also has changes of an
    editor; ``conflicts`` counts the places that both sides changed differently at the last import.
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

    @property
    def is_toggled_here(self) -> bool:
        """Whether somebody has published or unpublished the page here: neither makes a revision."""
        return self.page is not None and self.page.live != self.fields.get("published", self.page.live)


class ImportedEntry(models.Model):
    """A page that an entry of a file became, of a bibliography for instance: the file itself is an `ImportedFile`.

    ``digest`` is that of the entry, ``revision`` the one the import wrote. ``page`` is null once it was deleted.
    """

    site = models.ForeignKey(ImportSite, on_delete=models.CASCADE, related_name="entries")
    path = models.CharField(max_length=500)
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="entries_imported_from")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "path", "key"], name="one_entry_per_key")]

    def __str__(self) -> str:
        return f"{self.path}#{self.key}"
