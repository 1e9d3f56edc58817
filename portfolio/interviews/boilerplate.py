"""Boilerplate: lines of a copied web page that are not part of the interview, such as credits and invitations."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(
    r"[\[(<{]?\s*(?:image|imagen|imagem|immagine|img|picture|pic|photo|photograph|foto|fotografía|bild|figure|"
    r"illustration|ilustración|video|vídeo)\s*(?:\d{1,3}|placeholder|here|caption)?\s*[\])>}]?\.?|!\[[^\]]*\]\([^)]*\)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:all\s+)?(?:photos?|photographs?|photography|pictures?|images?|portraits?|illustrations?|fotos?|fotografías?|"
    r"imágenes|imagen|fotografias?|bilder|bild|fotografie|photographies?|crédits?\s+photos?|photo\s+credits?|"
    r"image\s+credits?|créditos?(?:\s+de\s+las?\s+(?:fotos?|imágen(?:es)?))?|bildnachweis|©\s*photos?)"
    r"\s*(?::|\bby\b|\bvon\b|\bpar\b|\bpor\b|©)\s*(?P<name>.{2,120})",
    re.IGNORECASE,
)
_READING_TIME = re.compile(
    r"(?:(?:reading\s+time|read|lesezeit|lesedauer|lectura|tiempo\s+de\s+lectura|temps\s+de\s+lecture|"
    r"tempo\s+de\s+leitura)\s*:?\s*)?(?:ca\.?\s*|about\s*|~\s*)?(?P<minutes>\d{1,3})\s*[-‑]?\s*"
    r"(?:minutes?|minutos?|minuten?|mins?\.?|mn|['’′])"
    r"(?:\s*(?:read|reading\s+time|to\s+read|de\s+lectura|de\s+lecture|de\s+leitura|lesezeit|lesedauer))?\.?",
    re.IGNORECASE,
)
_URL = re.compile(r"<?(?P<url>https?://[^\s<>\"]{3,2000})>?")
_SOURCE = re.compile(
    r"(?:source|fuente|quelle|fonte|(?:first|originally)\s+(?:published|appeared)(?:\s+(?:in|on|at|by))?|"
    r"publicad[oa]\s+(?:originalmente\s+)?en|(?:zuerst\s+)?erschienen\s+(?:in|bei|auf)|publié\s+(?:dans|sur))"
    r"\s*:?\s+(?P<rest>.{2,300})",
    re.IGNORECASE,
)
# Headings of lists of topics or related articles; the short lines after one belong to the list.
_LIST_HEAD = re.compile(
    r"(?:las\s+temáticas\s+de\s+este\s+artículo|temas\s+de\s+este\s+artículo|etiquetas|(?:article\s+)?(?:tags|topics)|"
    r"topics\s+(?:of|in)\s+this\s+article|(?:related|similar|recommended|more)\s+(?:articles|posts|stories|reading)|"
    r"read\s+(?:also|more|next)|you\s+(?:may|might)\s+also\s+like|artículos\s+relacionados|te\s+puede\s+interesar|"
    r"también\s+te\s+puede\s+interesar|más\s+sobre\s+.{1,60}|themen\s+(?:dieses\s+artikels|des\s+artikels)|schlagwörter|"
    r"mehr\s+zum\s+thema|das\s+könnte\s+(?:sie|dich)\s+auch\s+interessieren|auch\s+interessant|"
    r"les\s+thématiques\s+(?:de\s+cet\s+article|abordées)|à\s+lire\s+aussi|sur\s+le\s+même\s+sujet|"
    r"temas\s+deste\s+artigo|leia\s+também|share(?:\s+this.{0,40})?|compartir|teilen|partager|compartilhar)\s*:?",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"(?:follow\s+(?:us\b|@|(?P<who>[^.!?]{2,80}?)\s+on\s+(?:facebook|twitter|instagram|linkedin|x|youtube|mastodon))|"
    r"(?:sign\s+up|subscribe|register)\b.{0,60}(?:newsletter|updates|mail)|subscribe\s+to\b|join\s+our\s+newsletter|"
    r"síguenos|sigue\s+a\s+.{2,80}\s+en\s+|suscríbete|suscribirse|apúntate|folge(?:n\s+sie)?\s+(?:uns|@)|"
    r"(?:folgen\s+sie|folge)\s+.{2,80}\s+auf\s+|abonnier(?:e|en\s+sie)|(?:jetzt\s+)?newsletter\b|"
    r"suivez[- ]|abonnez[- ]vous|inscrivez[- ]vous|siga[- ]nos|assine\s+|"
    r"©|copyright\b|all\s+rights\s+reserved|todos\s+los\s+derechos|alle\s+rechte|tous\s+droits|"
    r"leave\s+a\s+(?:comment|reply)|post\s+a\s+comment|deja\s+un\s+comentario|"
    r"\d+\s+(?:comments|comentarios|kommentare)$|"
    r"we\s+use\s+cookies|accept\s+(?:all\s+)?cookies)",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"\W*(?:advertisements?|publicidad|anzeige|werbung|publicité|publicidade)\W*", re.IGNORECASE
)
_MAX_LENGTH = 300  # characters of a line


def is_image_placeholder(text: str) -> bool:
    """Whether the text is a placeholder for a picture: "image", "[Foto 2]", "![](x.jpg)"."""
    return len(text) <= _MAX_LENGTH and _PLACEHOLDER.fullmatch(text) is not None


def photo_credit(text: str) -> str:
    """Return the name in "Photos: Ines Calder for The Slack Water Review", else ""."""
    match = _CREDIT.fullmatch(text) if len(text) <= _MAX_LENGTH else None
    return match["name"].strip().rstrip(".") if match else ""


def reading_minutes(text: str) -> int | None:
    """Return 4 for "4 min", "Lesezeit: 4 Minuten" and "4 minutos de lectura", None for any other text."""
    match = _READING_TIME.fullmatch(text) if len(text) <= 80 else None
    return int(match["minutes"]) if match else None


def source_of(text: str) -> tuple[str, str] | None:
    """Return publication and URL in "Originally published in The Tide Post, https://…", else None."""
    if len(text) > _MAX_LENGTH:
        return None
    if match := _URL.fullmatch(text):
        return "", match["url"]
    match = _SOURCE.fullmatch(text)
    if match is None:
        return None
    url = _URL.search(match["rest"])
    name = (match["rest"][: url.start()] if url else match["rest"]).strip(" ,;:()[]<>.–—-")
    return name, url["url"].rstrip(").,") if url else ""


def is_list_head(text: str) -> bool:
    """Whether the text is the heading of a list of topics or other articles."""
    return len(text) <= 100 and _LIST_HEAD.fullmatch(text) is not None


def is_advertisement(text: str) -> bool:
    return _ADVERTISEMENT.fullmatch(text) is not None


def is_boilerplate(text: str) -> bool:
    """Whether the text is an invitation, a notice or a list heading, as around every article of a site."""
    return len(text) <= _MAX_LENGTH and (
        is_list_head(text) or is_advertisement(text) or _INVITATION.match(text) is not None
    )


def followed_publication(text: str) -> str:
    """Return the publication in "Follow The Tide Post on Facebook …", else ""."""
    match = _INVITATION.match(text) if len(text) <= _MAX_LENGTH else None
    return (match["who"] or "") if match else ""
