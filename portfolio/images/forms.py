"""Form fields and forms for image uploads: they sanitise the image, or show why it is refused."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import FileField, ImageField
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portfolio.images.files import SanitisedFile
from portfolio.images.formats import SUFFIXES, suffix_of
from portfolio.images.sanitise import ImageRefused, sanitise_image


class ImageUploadField(WagtailImageField):
    """Image field that sanitises and decodes the file. Wagtail's field checks only the header."""

    def to_python(self, data: Any) -> Any:
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        extension = suffix_of(file.name)
        if extension not in self.allowed_image_extensions or extension not in SUFFIXES:
            raise ValidationError(self.error_messages["invalid_image_extension"], code="invalid_image_extension")
        file.seek(0)
        try:
            image = sanitise_image(file.read())
        except ImageRefused as error:
            raise ValidationError(f"This image cannot be used: {error}.", code="invalid_image") from error
        finally:
            file.seek(0)
        if image.original_format != SUFFIXES[extension]:
            words = {"extension": extension, "image_format": image.original_format.lower()}
            raise ValidationError(
                self.error_messages["invalid_image_known_format"] % words, code="invalid_image_known_format"
            )
        return SanitisedFile(image, file.name)


class SanitisedImageForm(BaseImageForm):
    """The form of every image upload in the admin: single, multiple, chooser, and replacing a file.

    Wagtail creates the field in a function, so it is replaced here.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.fields.get("file")
        if given is not None:
            self.fields["file"] = ImageUploadField(label=given.label, required=given.required, widget=given.widget)


class SanitisedAvatarForm(AvatarPreferencesForm):
    """The form for the avatar of a user account."""

    avatar = ImageUploadField(label="Upload a profile picture", required=False)

    def clean_avatar(self) -> Any:
        """Wagtail scales the avatar here. Raises ``ValidationError`` for an image that cannot be scaled."""
        try:
            return super().clean_avatar()
        except (OSError, ValueError) as error:
            raise ValidationError(ImageField.default_error_messages["invalid_image"], code="invalid_image") from error
