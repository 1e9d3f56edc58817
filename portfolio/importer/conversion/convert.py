"""Convert one source file to a document."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from portfolio.documents.document import Document, Problem, Severity, SourceNode
from portfolio.documents.formula_check import formula_problems
from portfolio.documents.front_matter import FrontMatter, FrontMatterError, key_line
from portfolio.documents.language_codes import language_in, translation_group_in
from portfolio.documents.limits import LONGEST_PATH, MAX_FILE, MAX_OUTPUT
from portfolio.documents.slugs import page_slug
from portfolio.documents.text_check import TextError, decode_body
from portfolio.documents.title_text import has_markup, plain_title, title_of_slug
from portfolio.engines.excerpt import PARAGRAPH
from portfolio.engines.expanded_text import ExpandedText, TooMuchOutput
from portfolio.engines.protocol import SiteContext
from portfolio.engines.registry import ENGINES
from portfolio.engines.resolved import ResolvedDocument, UnrenderedDocument
from portfolio.engines.source import SourceFile
from portfolio.engines.walk import read_bytes
from portfolio.importer.assets.programs import REFUSED, is_program
from portfolio.importer.conversion.interview_document import interview_document, is_interview
from portfolio.importer.conversion.layout_nodes import shows_something, with_layout
from portfolio.importer.conversion.nodes import BodyText, html_nodes, markdown_nodes, rendered_excerpt
from portfolio.importer.conversion.pool import rejected
from portfolio.importer.urls.list_addresses import is_other_file
from portfolio.markdown.characters import controls_removed
from portfolio.markdown.nodes import NodeKind

LONGEST_TITLE = 255  # characters

for engine in ENGINES:
    engine.load()  # here, where worker processes are forked from, so that each has it at once


def convert(file: SourceFile, site: SiteContext) -> Document:
    """Read and convert one file. Whatever is wrong with it becomes a problem of the document, never an exception.

    Renders templates, which are programs of strangers: call it in a worker process (`convert_all` does).
    """
    if file.refused is not None:
        return rejected(file, "", file.refused)
    if len(file.path) > LONGEST_PATH:
        message = f"has a path of {len(file.path)} characters, more than {LONGEST_PATH}"
        return rejected(file, "", Problem(Severity.ERROR, "long-path", message))
    try:
        data = read_bytes(file.absolute, MAX_FILE)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return rejected(file, "", Problem(Severity.ERROR, "unreadable-file", message))
    except ValueError as error:
        return rejected(file, "", Problem(Severity.ERROR, "file-too-large", str(error)))
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        front = site.engine.split_front_matter(data, site)
        text = decode_body(data, front.body_start)
    except FrontMatterError as error:
        return rejected(file, sha256, Problem(Severity.ERROR, "bad-front-matter", error.message, error.line))
    except TextError as error:
        return rejected(file, sha256, Problem(Severity.ERROR, error.code, error.message, error.line))
    front, invisible = _visible(front, data)
    body = BodyText(text, front.body_start, data.count(b"\n", 0, front.body_start) + 1)
    if file.kind == file.engine_kind == "interview" and not is_interview(file.path, text):
        file = replace(file, kind="page", engine_kind="page")
    resolved = site.engine.resolve(file, front.values, site)
    document = _without_body(file, sha256, front, resolved, site, data)
    document = replace(document, problems=(*document.problems, *invisible))
    if document.kind == "interview":
        return _with_short_title(interview_document(document, body, site.local), data)
    try:
        return _with_short_title(_with_body(document, body, resolved, site), data)
    except TooMuchOutput:
        message = f"grows to more than {MAX_OUTPUT} characters"
        return rejected(file, sha256, Problem(Severity.ERROR, "too-much-output", message))


def _visible(front: FrontMatter, data: bytes) -> tuple[FrontMatter, list[Problem]]:
    """Front matter without control characters, which no page or feed can hold, and a warning for each key with some."""
    values = controls_removed(front.values)
    problems = []
    for key, value in values.items():
        if value != front.values[key]:
            message = f"{key}: holds invisible control characters; they are left out"
            problems.append(Problem(Severity.WARNING, "control-character", message, key_line(data, key)))
    return replace(front, values=values) if problems else front, problems


def _with_short_title(document: Document, data: bytes) -> Document:
    """A title that a page can have. The front matter keeps it whole."""
    if len(document.title) <= LONGEST_TITLE:
        return document
    message = f"the title has {len(document.title)} characters; the page has the first {LONGEST_TITLE - 1}"
    problem = Problem(Severity.WARNING, "long-title", message, key_line(data, "title"))
    title = document.title[: LONGEST_TITLE - 1].rstrip() + "…"
    return replace(document, title=title, problems=(*document.problems, problem))


def _without_body(
    file: SourceFile, sha256: str, front: FrontMatter, resolved: ResolvedDocument, site: SiteContext, data: bytes
) -> Document:
    """Everything but the body."""
    served = resolved.public and file.served and not file.private and bool(resolved.address)
    url = site.base_path + resolved.address if served else ""
    others = tuple(site.base_path + address for address in resolved.redirects) if served else ()
    others += tuple(site.base_path + address for address in file.linked_as)
    problems = tuple(
        problem if problem.line else replace(problem, line=key_line(data, problem.message.partition(":")[0]))
        for problem in resolved.problems
    )
    title = plain_title(resolved.title)
    if has_markup(resolved.title):
        message = f"title: its markup is not shown, the page is called “{title}”; the file keeps it"
        problems = (*problems, Problem(Severity.INFO, "title-markup", message, key_line(data, "title")))
    return Document(
        path=file.path,
        kind=resolved.kind,
        sha256=sha256,
        title=title,
        url=url,
        old_urls=tuple(dict.fromkeys(filter(None, (url, *others)))),
        link_base=site.base_path + file.linked_as[0] if file.linked_as else "",
        base_path=site.base_path,
        language_folder=resolved.language_folder,
        slug=page_slug(resolved.slug, resolved.address),
        date=resolved.date,
        updated=resolved.updated,
        draft=not resolved.public or resolved.unlisted or file.private,
        left_out=resolved.left_out,
        categories=resolved.categories,
        tags=resolved.tags,
        authors=resolved.authors,
        image=resolved.image,
        description=resolved.description,
        language=language_in(resolved.data),
        translation_group=resolved.translation_group or translation_group_in(resolved.data),
        front_matter=front.values,
        front_matter_span=front.span,
        problems=problems,
    )


def _with_body(document: Document, body: BodyText, resolved: ResolvedDocument, site: SiteContext) -> Document:
    engine, options = site.engine, site.engine.markdown_options(site, resolved)
    unrendered = UnrenderedDocument(document, resolved, body.text, options)
    may_list = document.kind == "page" or (document.kind != "post" and not body.text.strip())
    is_listing = may_list and engine.is_listing(unrendered, site)
    # With no text of its own a page may still show something besides its list.
    if is_listing and (body.text.strip() or not engine.layout_parts(unrendered, "", site)):
        return _rendered(unrendered, site) if is_other_file(document.url) else _listing(document)
    if resolved.moved_to:
        return _moved(document, resolved.moved_to, site)
    expanded = engine.expand(unrendered, site)
    problems = [replace(problem, line=_file_line(body, problem.line)) for problem in expanded.problems]
    if len(expanded.text) > MAX_OUTPUT:
        raise TooMuchOutput
    is_html = engine.is_html(document.path)
    nodes = html_nodes(body, expanded, document.title) if is_html else markdown_nodes(body, expanded, options)
    if sum(len(node.html) for node in nodes) > MAX_OUTPUT:
        raise TooMuchOutput
    problems += formula_problems(nodes, script=bool(options.tex_delimiters), macros=options.tex_macros)
    problems += engine.node_problems(nodes, document.title, site)
    own_title = document.title or _heading(nodes) or _title_of_slug(document)
    parts = engine.layout_parts(unrendered, "".join(node.html for node in nodes), site)
    if parts:
        nodes = with_layout(nodes, parts, body)
    problems += _emptiness(document, resolved, nodes, knows_layout=parts is not None)
    return replace(
        document,
        title=own_title,
        excerpt=_excerpt(unrendered, expanded, site),
        flavour=options.flavour,
        settings=options.settings(),
        nodes=nodes,
        problems=(*document.problems, *problems),
    )


def _emptiness(
    document: Document, resolved: ResolvedDocument, nodes: tuple[SourceNode, ...], *, knows_layout: bool
) -> list[Problem]:
    """Report a published document that shows nothing: an error if the old site may have shown something."""
    if document.draft or any(shows_something(node.html) for node in nodes):
        return []
    if knows_layout or not resolved.data.get("layout"):
        message = "has no text, on the old site as here"
        return [Problem(Severity.WARNING, "empty-page", message, 1)]
    layout = str(resolved.data["layout"])[:80]
    message = f"has no text of its own, and its layout {layout!r} is not in the source: the page shows nothing here"
    return [Problem(Severity.ERROR, "empty-page", message, 1)]


def _moved(document: Document, target: str, site: SiteContext) -> Document:
    """A document that is only a redirect: whatever stands in it was never shown."""
    address = site.base_path + target if target.startswith("/") else target
    problem = Problem(Severity.INFO, "redirect-only", f"only sends readers to {address}; it gets no page")
    title = document.title or _title_of_slug(document)
    return replace(document, title=title, listing=True, moved_to=address, problems=(*document.problems, problem))


def _rendered(unrendered: UnrenderedDocument, site: SiteContext) -> Document:
    """A file that is no page and has no counterpart here: what the template shows now, for the old address."""
    document = unrendered.document
    expanded = site.engine.expand(unrendered, site)
    text = expanded.text
    if len(text) > MAX_OUTPUT:
        raise TooMuchOutput
    if reason := _reason_against(document, expanded):
        text, message = "", f"is a template of the file {document.url}, which does not answer: {reason}"
        problem = Problem(Severity.WARNING, "unanswered-file", message)
    else:
        message = f"is a template of the file {document.url}, which answers as the old engine would write it now"
        text, problem = text or "\n", Problem(Severity.INFO, "rendered-file", message)
    title = document.title or _title_of_slug(document)
    return replace(document, title=title, listing=True, rendered=text, problems=(*document.problems, problem))


def _reason_against(document: Document, expanded: ExpandedText) -> str:
    """Why what a template was rendered to cannot answer at its address; "" if it can."""
    if is_program(document.path) or is_program(document.url):
        return REFUSED
    if len(document.url) > LONGEST_PATH:
        return f"its address is longer than {LONGEST_PATH} characters"
    if expanded.reads_documents:
        return "it shows other documents, and would go on to show those that are unpublished, restricted or deleted"
    return ""


def _listing(document: Document) -> Document:
    """A template of the old engine: what it shows comes from other documents, so it is not rendered."""
    problem = Problem(Severity.INFO, "listing-page", "only lists other documents; the new site makes such lists itself")
    title = document.title or _title_of_slug(document)
    return replace(document, title=title, listing=True, problems=(*document.problems, problem))


def _title_of_slug(document: Document) -> str:
    return title_of_slug(document.slug.replace("_", "-"))


def _file_line(body: BodyText, line: int | None) -> int | None:
    return None if line is None else body.line(0) + line - 1


def _heading(nodes: tuple[SourceNode, ...]) -> str:
    """The text of a page's first heading, when it is one of the first level."""
    first = next((node for node in nodes if node.kind is NodeKind.HEADING), None)
    return str(first.data.get("text", "")).strip() if first and first.data.get("level") == 1 else ""


def _excerpt(unrendered: UnrenderedDocument, expanded: ExpandedText, site: SiteContext) -> str:
    """HTML of what the front matter says, else of what stands before the separator. Pages have none."""
    data = unrendered.resolved.data
    written = data.get("excerpt")
    if isinstance(written, str) and written.strip():
        return written.strip()
    if unrendered.document.kind == "page":
        return ""
    separator = data.get("excerpt_separator")  # "" says that there are no excerpts
    if separator is None or separator is False:
        separator = site.config.get("excerpt_separator", PARAGRAPH)
    if not separator:
        return ""
    return rendered_excerpt(site.engine.excerpt(unrendered, expanded, str(separator), site), unrendered.options)
