"""Chooser of organisations: a new one is made in it, with its logo from the device or from the library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetCreateView

from experience.models import Organisation
from portfolio.admin.paste.image_upload import ImageUploadRefused, store_image

OFFERED = 12  # newest images of the library
THUMBNAIL = "max-165x165"  # which the library shows too


class LogoField(forms.ModelChoiceField):
    """A choice of images that shows them."""

    widget = forms.RadioSelect(attrs={"class": "thumbnails"})

    def label_from_instance(self, image: Any) -> SafeString:
        thumbnail = image.get_rendition(THUMBNAIL)
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="{}">',
            thumbnail.url, thumbnail.width, thumbnail.height, image.title,
        )  # fmt: skip


class NewOrganisationForm(WagtailAdminModelForm):
    url = forms.URLField(label="Web address", required=False, max_length=500, assume_scheme="https")
    logo_file = forms.ImageField(label="Logo", required=False, help_text="A picture from this device.")
    logo = LogoField(label="Or one of the newest images", queryset=None, required=False, empty_label="None of them")

    class Meta:
        model = Organisation
        fields = ["name", "url", "logo_file", "logo"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        images = get_image_model().objects.order_by("-created_at", "-pk")
        self.fields["logo"].queryset = images
        offered = images.prefetch_renditions(THUMBNAIL)[:OFFERED]
        label = self.fields["logo"].label_from_instance
        self.fields["logo"].choices = [("", "None of them"), *((image.pk, label(image)) for image in offered)]

    def store_logo(self, user: Any) -> bool:
        """Store the uploaded logo of a valid form; False, with an error at its field, if it is refused."""
        file = self.cleaned_data["logo_file"]
        if file:
            file.seek(0)
            try:
                self.instance.logo = store_image(user, file, f"{self.cleaned_data['name']}, logo")
            except ImageUploadRefused as error:
                self.add_error("logo_file", str(error))
                return False
        return True


class OrganisationCreateView(SnippetCreateView):
    def post(self, request: HttpRequest) -> HttpResponse:
        self.form = self.get_creation_form()
        if self.form.is_valid() and self.form.store_logo(request.user):
            return self.get_chosen_response(self.save_form(self.form))
        return self.get_reshow_creation_form_response()


class OrganisationChooserViewSet(SnippetChooserViewSet):
    """The chooser of a role's form, where a new organisation can be made without leaving the role."""

    creation_form_class = NewOrganisationForm
    create_view_class = OrganisationCreateView
