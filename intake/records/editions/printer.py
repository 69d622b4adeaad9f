"""Prints records: the editions this program knows, and the fonts and colours each of them prints with.

What prints is imported when something is printed first: most of what people ask prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from intake.domain.base.wording import Wording
from intake.records.refusals import NotARecord, UnknownEdition

if TYPE_CHECKING:
    from intake.records.content import RecordContent, SignatureField
    from intake.records.editions.edition import Edition, Look, Signing
    from intake.records.fonts import FontFiles, Fonts, Glyphs

_ITS_ATTACHED_DATA_DOES_NOT_SAY = Wording(
    "PrinterItsAttachedDataDoesNotSayWhichEdition", "its attached data does not say which edition it is"
)


class Printer:
    """``read`` gives the bytes of a resource by name; fonts are read when something is first printed with them.

    Not for two threads at once: the canvas subsets a font while it draws.
    """

    def __init__(self, read: Callable[[str], bytes], editions: Mapping[int, Edition] | None = None) -> None:
        """``editions`` by number; those of this program unless given."""
        self._read = read
        self._given = editions
        self._fonts: dict[FontFiles, Fonts] = {}
        self._glyphs: dict[FontFiles, Glyphs] = {}

    @cached_property
    def _editions(self) -> Mapping[int, Edition]:
        if self._given is not None:
            return self._given
        from intake.records.editions.table import EDITIONS

        return EDITIONS

    @property
    def newest(self) -> Edition:
        """What a first signer prints in."""
        return self._editions[max(self._editions)]

    def edition_of(self, twin: bytes) -> Edition:
        """The edition that the data of a record name. Raises UnknownEdition, or NotARecord when they name none."""
        from intake.records.reading import claims

        number = claims.claimed_edition(twin)
        if not number:
            raise NotARecord(detail=_ITS_ATTACHED_DATA_DOES_NOT_SAY())
        if number not in self._editions:
            raise UnknownEdition(edition=number, known=self.newest.number)
        return self._editions[number]

    def base(
        self, edition: Edition, content: RecordContent, made_with_others: Mapping[str, str] | None = None
    ) -> bytes:
        """The unsigned PDF. Raises canonical.NotCanonical for unstorable text.

        ``made_with_others`` is in the twin instead of our own versions when a base of other versions is compared.
        """
        return edition.build(
            content,
            edition=edition.number,
            made_with=made_with_others or self.made_with(edition),
            fonts=self.fonts(edition),
            icc=self.icc(edition),
        )

    def look(self, edition: Edition, field: SignatureField, signing: Signing) -> Look:
        """What a signature in ``field`` shows of itself."""
        return edition.look(field, signing, self.fonts(edition))

    def made_with(self, edition: Edition) -> dict[str, str]:
        """What the bytes of a base of ``edition`` depend on here beside its content."""
        return edition.made_with(self.fonts(edition))

    def fonts(self, edition: Edition) -> Fonts:
        from intake.records.fonts import Fonts

        files = edition.font_files
        if files not in self._fonts:
            self._fonts[files] = Fonts.read(self._read, files)
        return self._fonts[files]

    def glyphs(self, edition: Edition) -> Glyphs:
        """Which characters its pages can show; for any thread."""
        from intake.records.fonts import Glyphs

        return self._glyphs.setdefault(edition.font_files, Glyphs(self._read, edition.font_files))

    def icc(self, edition: Edition) -> bytes:
        """The colour profile."""
        return self._read(edition.profile)
