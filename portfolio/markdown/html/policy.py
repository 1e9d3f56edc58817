"""Sanitiser policy: the tables of elements and attributes that an article's HTML may have."""

from __future__ import annotations

MAX_DEPTH = 96
"""Elements inside each other; deeper tags are dropped, because the sanitiser's time grows with the square."""

_BLOCKS = """
    address article aside blockquote center details dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header
    hgroup hr li main nav ol p pre section summary table caption colgroup col tbody td tfoot th thead tr ul
"""
_INLINE = """
    a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd mark q rb rp rt rtc ruby s samp small
    span strike strong sub sup time tt u var wbr
"""
_MEDIA = "audio img map area picture source track video input"
_MATHS = """
    math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover
    munderover mmultiscripts mprescripts none mtable mtr mtd mpadded mphantom mstyle menclose merror
"""

MATHS_TAGS = frozenset(_MATHS.split())
TAGS = frozenset((_BLOCKS + _INLINE + _MEDIA).split()) | MATHS_TAGS

# Dropped with all they hold: their content is not text for readers.
CONTENT_DROPPED = frozenset(
    "script style template iframe object embed applet frame frameset noframes noembed textarea title xmp svg "
    "head annotation-xml plaintext button".split()
)

# What a page says to those without scripts, who all of our readers are: shown as if the element were not there.
UNWRAPPED = frozenset({"noscript"})

# Words in a menu are for readers, too: it becomes a list.
LISTED = {"select": "ul", "option": "li"}

# Ids are kept, since headings, footnotes and links within a page live by them. An id may shadow a global of the
# page ("<p id=location>"); that is harmless here because no script of the site reads globals by such names: public
# pages need no script, and the admin shows article HTML only inside its preview frame.
_EVERYWHERE = frozenset("class dir id lang title role aria-label aria-hidden aria-describedby".split())
_MATHS_ATTRIBUTES = frozenset(
    "display mathvariant displaystyle scriptlevel linethickness columnalign rowalign columnspacing rowspacing "
    "columnspan rowspan fence form separator stretchy symmetric minsize maxsize lspace rspace largeop movablelimits "
    "mathcolor part voffset accent accentunder width height depth notation open close columnlines rowlines "
    "frame".split()
)
_CELL = frozenset("align colspan headers rowspan scope valign".split())

ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": _EVERYWHERE,
    "a": frozenset("href hreflang name rel target download".split()),
    "area": frozenset("alt coords href shape target".split()),
    "audio": frozenset("controls loop muted preload src".split()),
    "blockquote": frozenset({"cite"}),
    "code": frozenset({"data-lang", "data-lexer", "data-math"}),
    "col": frozenset({"span", "align"}),
    "colgroup": frozenset({"span"}),
    "data": frozenset({"value"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "div": frozenset({"align"}),
    "font": frozenset({"color", "size"}),
    "img": frozenset("align alt height loading sizes src srcset usemap width border decoding".split()),
    "input": frozenset({"checked", "disabled", "type"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "map": frozenset({"name"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "p": frozenset({"align"}),
    "q": frozenset({"cite"}),
    "source": frozenset("media sizes src srcset type".split()),
    "table": frozenset("align border cellpadding cellspacing summary width".split()),
    "td": _CELL,
    "th": _CELL,
    "time": frozenset({"datetime"}),
    "tr": frozenset({"align", "valign"}),
    "track": frozenset("default kind label src srclang".split()),
    "ul": frozenset({"type"}),
    "video": frozenset("controls height loop muted playsinline poster preload src width".split()),
    "annotation": frozenset({"encoding"}),
    **{f"h{level}": frozenset({"align"}) for level in range(1, 7)},
    **dict.fromkeys(MATHS_TAGS - {"annotation", "none"}, _MATHS_ATTRIBUTES),
}

LINK_ATTRIBUTES = frozenset({"href", "cite"})
MEDIA_ATTRIBUTES = frozenset({"src", "poster"})
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "xmpp", "irc", "ircs", "ftp", "geo", "magnet"})
MEDIA_SCHEMES = frozenset({"http", "https"})
