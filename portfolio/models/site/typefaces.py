"""Type pairings: the face of texts and the face of navigation and data, from the reader's system or from this site.

A self-hosted face is cut to the letters of European languages and split in two files, of which a browser loads what
the page has letters for. ``tests/make_fonts.py`` makes the files; the licences stand beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FOLDER = "portfolio/fonts"
# The files of a face, and the characters in each.
LATIN = (
    "U+20-7E,U+A0-17F,U+192,U+218-21B,U+2C6-2DD,U+1E80-1E85,U+1E9E,U+1EF2-1EF3,U+2002-200A,U+2010-2027,U+202F-203A,"
    "U+2044,U+2070-209C,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,U+2217,U+221E,U+2248,U+2260,U+2264-2265"
)
CYRILLIC_AND_GREEK = "U+370-3FF,U+400-45F,U+490-491,U+4B0-4B1"
RANGES = (("latin", LATIN), ("cyrillic", CYRILLIC_AND_GREEK))


@dataclass(frozen=True, slots=True)
class Face:
    """A variable font from regular to bold; ``file`` is the first part of the names of its files."""

    family: str
    file: str
    style: str = "normal"

    def path(self, letters: str) -> str:
        return f"{FOLDER}/{self.file}-{letters}.woff2"


@dataclass(frozen=True, slots=True)
class TypePairing:
    name: str
    label: str
    help_text: str
    text: str = ""  # family of texts; "" for the faces of the reader's system
    interface: str = ""
    faces: tuple[Face, ...] = ()
    x_height: float = 0.481  # of texts, as a part of their size; the style sheet's is that of Charter

    @property
    def is_one_face(self) -> bool:
        return self.text == self.interface


SERIF, SANS, GROTESQUE = "Site Serif", "Site Sans", "Inter"
SYSTEM = TypePairing(
    "system", "Classic", "A book face and the interface of your reader's own system. Nothing is loaded."
)
PAIRINGS = (
    SYSTEM,
    TypePairing(
        "editorial",
        "Editorial",
        "The same serif for every reader, with the sans that was drawn for it. 80 to 130 kB, once.",
        SERIF,
        SANS,
        (Face(SERIF, "serif-roman"), Face(SERIF, "serif-italic", "italic"), Face(SANS, "sans-roman")),
    ),
    TypePairing(
        "modern",
        "Modern",
        "One sans for texts and everything else. 35 to 75 kB, once.",
        GROTESQUE,
        GROTESQUE,
        (Face(GROTESQUE, "inter-roman"), Face(GROTESQUE, "inter-italic", "italic")),
        x_height=0.505,
    ),
)
BY_NAME = {pairing.name: pairing for pairing in PAIRINGS}
CHOICES = [(pairing.name, pairing.label) for pairing in PAIRINGS]


def pairing_named(name: str) -> TypePairing:
    """The pairing, or the first for a name that this release does not have."""
    return BY_NAME.get(name, SYSTEM)


def pairing_css(pairing: TypePairing, static: Callable[[str], str]) -> str:
    """The faces and the two custom properties that name them; ``static`` gives the URL of a static file.

    Behind each face stands the system's, for letters that it does not have. ``font-size-adjust`` of the style sheet
    gives both the same height, so that little moves when the font arrives.
    """
    if pairing is SYSTEM:
        return ""
    faces = "".join(
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; font-weight: 400 700; '
        f'font-display: swap; src: url("{static(face.path(letters))}") format("woff2"); unicode-range: {codes}; }}\n'
        for face in pairing.faces
        for letters, codes in RANGES
    )
    serif = f'"{pairing.text}", Charter, Cambria, "Noto Serif", Georgia'
    latin = "var(--interface)" if pairing.is_one_face else serif
    interface = f'"{pairing.interface}", system-ui, sans-serif'
    return (
        f"{faces}@layer tokens {{ :root {{ --latin: {latin}; --interface: {interface}; }} }}\n"
        f"@layer base {{ html {{ font-size-adjust: {pairing.x_height}; }} }}\n"
    )
