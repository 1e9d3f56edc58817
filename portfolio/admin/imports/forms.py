"""Form that asks for the source of an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from portfolio.admin.imports.folders import allowed_folders
from portfolio.admin.jobs.private_files import ARCHIVE_SUFFIXES, MAX_UPLOAD


class SourceForm(forms.Form):
    """An uploaded archive or a folder of the server, one of the two."""

    archive = forms.FileField(
        label="Archive",
        required=False,
        help_text="The folder of the site as a .zip or .tar.gz file, at most 256 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ARCHIVE_SUFFIXES)}),
    )
    folder = forms.ChoiceField(label="Folder on the server", required=False)
    fetch_images = forms.BooleanField(
        label="Fetch pictures from other hosts",
        required=False,
        help_text="Pictures that texts show from elsewhere are downloaded and stored here. Otherwise they are links.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        folders = allowed_folders()
        if folders:
            self.fields["folder"].choices = [("", "None"), *folders.items()]
        else:
            del self.fields["folder"]

    def clean_archive(self) -> UploadedFile | None:
        archive = self.cleaned_data["archive"]
        if archive and not archive.name.lower().endswith(ARCHIVE_SUFFIXES):
            raise ValidationError(
                "This file is not a zip or tar.gz archive. Pack the site's folder as .zip or .tar.gz."
            )
        if archive and archive.size > MAX_UPLOAD:
            raise ValidationError("This archive is larger than 256 MB.")
        return archive

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("archive")) == bool(data.get("folder")):
            either = "Choose an archive." if "folder" not in self.fields else "Choose either an archive or a folder."
            raise ValidationError(either)
        return data
