"""View “Experience from text”: paste a CV or a profile, check and correct what was recognised, get drafts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from experience.from_text.drafts import DraftedEntries, ExistingNames, make_drafts
from experience.from_text.parser.kinds import USED, HistoryKind
from experience.from_text.parser.parse import WorkHistory, parse_work_history
from experience.from_text.shown_entries import KIND_LABELS, shown_groups
from experience.models import ExperiencePage
from portfolio.admin.editor.pasted_text import PastedTextField, PastedTextForm
from portfolio.admin.new_page_menu import parent_for
from portfolio.importer.conversion.worker import WorkStopped, in_one_worker

MAX_CHARACTERS = 100_000
MOST_ENTRIES = 100
MOST_MESSAGES = 10
TEMPLATE = "experience/admin/experience_from_text.html"
SCREEN = {"screen_title": "Experience from text", "icon": "site"}


class HistoryForm(PastedTextForm):
    text = PastedTextField(
        longest=MAX_CHARACTERS,
        label="Your experience",
        help_text="Copy it from a CV, or from the experience in a profile such as LinkedIn's, and paste it here.",
    )


@require_http_methods(["GET", "POST"])
def experience_from_text(request: HttpRequest) -> HttpResponse:
    parent = parent_for(ExperiencePage, request)  # raises for somebody who may add none anywhere
    form = HistoryForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, TEMPLATE, {**SCREEN, "form": form}, status=422 if form.errors else 200)
    text = form.cleaned_data["text"]
    try:
        history = parse_text(text, request.POST if form.is_parsed else None)
    except WorkStopped as error:
        form.add_error("text", f"This text {error}.")
        return render(request, TEMPLATE, {**SCREEN, "form": form}, status=422)
    existing = ExistingNames(history.entries)
    if "create" in request.POST and form.is_parsed:
        for obstacle in obstacles(history, existing, request.user):
            form.add_error(None, obstacle)
        if form.is_valid():
            drafted = make_drafts(history.entries, existing, parent, request.user)
            add_messages(request, drafted, history)
            if len(drafted.pages) == 1:
                return redirect("wagtailadmin_pages:edit", drafted.pages[0].pk)
            return redirect("wagtailadmin_explore", parent.pk)
    form.data = form.data.copy()
    form.data["parsed_text"] = text
    context = {
        **SCREEN,
        "form": form,
        "parsed": history,
        "groups": shown_groups(history, existing),
        "kinds": KIND_LABELS.items(),
        "left_out": history.left_out,
        "unused": unused_lines(history),
    }
    return render(request, TEMPLATE, context, status=422 if form.errors else 200)


def parse_text(text: str, corrections: QueryDict | None) -> WorkHistory:
    """The parsed text, with what the form says of its parts. Raises `WorkStopped`."""
    kinds: dict[int, HistoryKind] = {}
    starts: set[int] | None = None
    if corrections is not None:
        starts = set(numbers_of("start-", corrections))
        for index in numbers_of("kind-", corrections):
            if (kind := corrections[f"kind-{index}"]) in KIND_LABELS:
                kinds[index] = HistoryKind(kind)
    history: WorkHistory = in_one_worker(parse_work_history, text, kinds, starts)
    return history


def numbers_of(prefix: str, data: QueryDict) -> list[int]:
    """The numbers in the names of fields that begin with ``prefix``."""
    numbers = [name.removeprefix(prefix) for name in data if name.startswith(prefix)]
    return [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 7]


def obstacles(history: WorkHistory, existing: ExistingNames, user: Any) -> list[str]:
    """What has to change before drafts are made."""
    if not history.entries:
        return ["No role was found in this text. Choose for a line that it is a role or an organisation."]
    if len(history.entries) > MOST_ENTRIES:
        return [f"These are more than {MOST_ENTRIES} entries. Paste the text in parts."]
    found = [
        f"The entry from line {entry.first_line} has neither an organisation nor a role. Choose the line that is one, "
        "or choose “Leave out” for its lines."
        for entry in history.entries
        if entry.is_nameless
    ]
    if not user.has_perm("experience.add_organisation"):
        new = {entry.organisation for entry in history.entries if not existing.has_organisation(entry)} - {""}
        found += [f"“{name}” is a new organisation, and you may not add any." for name in sorted(new)]
    return found


def unused_lines(history: WorkHistory) -> int:
    """How many lines nothing is made of, beside those of other sections."""
    lines = {part.line for part in history.parts if part.kind is HistoryKind.UNUSED}
    return len(lines - {part.line for part in history.parts if part.kind in USED})


def add_messages(request: HttpRequest, drafted: DraftedEntries, history: WorkHistory) -> None:
    left_out = ", ".join(f"“{section.heading}”" for section in history.left_out[:MOST_MESSAGES] if section.lines)
    also = f" Left out: {left_out}." if left_out else ""
    if len(drafted.pages) == 1:
        messages.success(request, f"“{drafted.pages[0].title}” is a draft now. Look it over, then publish it.{also}")
    elif drafted.pages:
        messages.success(request, f"{len(drafted.pages)} drafts were made. Look them over, then publish them.{also}")
    if drafted.comments:
        what = "One thing was" if drafted.comments == 1 else f"{drafted.comments} things were"
        messages.warning(request, f"{what} not certain: you find each as a comment beside its field.")
    for title in drafted.existing[:MOST_MESSAGES]:
        messages.warning(request, f"“{title}” is here already and was not made again.")
