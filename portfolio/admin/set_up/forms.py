"""Form of the set-up: what a new site needs to know of its owner. Empty fields change nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from portfolio.admin.paste.image_upload import ImageUploadRefused, store_image
from portfolio.admin.set_up.demo_runs import demo_runs
from portfolio.engines.profile_links import host_label
from portfolio.importer.undo.field_values import field_values
from portfolio.languages.language_select import LanguageSelect
from portfolio.models import SiteSettings
from portfolio.models.site.widgets import AccentInput, TimeZoneSelect

MOST_PROFILES = 20
TEXTS = ("owner_name", "headline")
OFFERED = (*TEXTS, "portrait_id", "accent_colour", "language_code", "time_zone", "links")


class SetUpForm(forms.ModelForm):
    portrait_file = forms.ImageField(label="Portrait", required=False, help_text="A picture of you, from this device.")
    profiles = forms.CharField(
        label="Your profiles elsewhere",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "https://github.com/you"}),
        help_text="One address a line: GitHub, LinkedIn, Mastodon, ORCID.",
    )
    field_order = [
        "owner_name", "portrait_file", "headline", "accent_colour", "language_code", "time_zone", "profiles",
    ]  # fmt: skip

    class Meta:
        model = SiteSettings
        fields = ["owner_name", "headline", "accent_colour", "language_code", "time_zone"]
        widgets = {"accent_colour": AccentInput(), "language_code": LanguageSelect(), "time_zone": TimeZoneSelect()}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.portrait: Any = None
        self.of_demo = values_of_demo(self.instance)
        for name in TEXTS:
            if name in self.of_demo:
                self.initial[name] = ""
                self.fields[name].widget.attrs["placeholder"] = getattr(self.instance, name)
        self.fields["owner_name"].initial = self.initial["owner_name"] = self.initial["owner_name"] or name_of(user)
        if "time_zone" in self.of_demo:
            self.initial["time_zone"] = "UTC"  # for which the page enters that of the device
        if "links" not in self.of_demo:
            self.initial["profiles"] = "\n".join(link.value["url"] for link in self.instance.links)

    def clean_profiles(self) -> list[str]:
        addresses = [with_scheme(line) for line in self.cleaned_data["profiles"].split()]
        if len(addresses) > MOST_PROFILES:
            raise ValidationError(f"Enter at most {MOST_PROFILES} addresses.")
        for address in addresses:
            try:
                URLValidator(schemes=["http", "https"])(address)
            except ValidationError as error:
                raise ValidationError(f"{address} is no web address.") from error
        return list(dict.fromkeys(addresses))

    def clean_portrait_file(self) -> UploadedFile | None:
        file = self.cleaned_data["portrait_file"]
        if file:
            file.seek(0)
            try:
                title = self.cleaned_data.get("owner_name") or "Portrait"
                self.portrait = store_image(self.user, file, title)
            except ImageUploadRefused as error:
                raise ValidationError(str(error)) from error
        return file

    def save(self, commit: bool = True) -> SiteSettings:
        settings = self.instance
        stored = type(settings).objects.get(pk=settings.pk)
        for name in TEXTS:
            if not self.cleaned_data[name] and name in self.of_demo:
                setattr(settings, name, getattr(stored, name))
        if self.portrait is not None:
            settings.portrait = self.portrait
        if self.cleaned_data["profiles"]:
            settings.links = [("link", link) for link in link_values(self.cleaned_data["profiles"])]
        take_over(settings, [name for name in OFFERED if getattr(settings, name) and not self.is_left_to_demo(name)])
        return super().save(commit)

    def is_left_to_demo(self, name: str) -> bool:
        """Whether the owner has entered nothing in place of what the demo has filled in."""
        entered = {"portrait_id": self.portrait, "links": self.cleaned_data["profiles"]}
        return name in self.of_demo and not entered.get(name, self.cleaned_data.get(name))


def name_of(user: Any) -> str:
    return user.get_full_name().strip()


def with_scheme(address: str) -> str:
    return address if "://" in address else f"https://{address}"


def link_values(addresses: list[str]) -> Iterator[dict[str, str]]:
    for address in addresses:
        yield {"label": (host_label(address) or urlsplit(address).netloc)[:60], "url": address}


def take_over(settings: SiteSettings, names: Collection[str]) -> None:
    """Make these fields the owner's: the removal of the demo does not set them back, also where they are alike."""
    for run in demo_runs():
        for record in run.changes.get("filled", ()):
            if record["model"] == settings._meta.label and record["pk"] == settings.pk:
                for name in names:
                    record["after"].pop(name, None)
        run.save(update_fields=["changes"])


def values_of_demo(settings: SiteSettings) -> set[str]:
    """The fields that still hold what the demo has filled in."""
    now = field_values(settings)
    return {
        name
        for run in demo_runs()
        for record in run.changes.get("filled", ())
        if record["model"] == settings._meta.label and record["pk"] == settings.pk
        for name, value in record["after"].items()
        if now.get(name) == value
    }
