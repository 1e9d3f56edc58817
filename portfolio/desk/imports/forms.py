"""The one question an import asks: where is the site?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from portfolio.desk.imports.folders import allowed_folders
from portfolio.desk.private_files import ENDINGS, MAX_UPLOAD


class SourceForm(forms.Form):
    """An archive from the editor's machine or a folder of the server; one of the two."""

    archive = forms.FileField(
        label="Archive",
        required=False,
        help_text="The folder of the site as .zip or .tar.gz, at most 256 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    folder = forms.ChoiceField(label="Folder on the server", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        folders = allowed_folders()
        if folders:
            self.fields["folder"].choices = [("", "None"), *folders.items()]
        else:
            del self.fields["folder"]

    def clean_archive(self) -> UploadedFile | None:
        archive = self.cleaned_data["archive"]
        if archive and not archive.name.lower().endswith(ENDINGS):
            raise ValidationError("This is no archive that can be read. Pack the site's folder as .zip or .tar.gz.")
        if archive and archive.size > MAX_UPLOAD:
            raise ValidationError("This archive is larger than 256 MB.")
        return archive

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("archive")) == bool(data.get("folder")):
            either = (
                "Choose an archive." if "folder" not in self.fields else "Choose an archive or a folder, one of them."
            )
            raise ValidationError(either)
        return data
