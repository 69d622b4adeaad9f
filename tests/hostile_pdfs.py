"""PDF files made to harm their reader: small ones that unpack into gigabytes, locked ones, endless ones."""

from __future__ import annotations

import zlib
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from intake.records.content import TWIN_NAME

GIBIBYTE = 1 << 30
_PIECE = 64 << 20


@cache
def deflated_zeros(size: int, layers: int) -> bytes:
    """About ``size`` zero bytes (64 MiB at least), deflated ``layers`` times; 4 GiB in two layers are 9 kB, in three 1 kB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # A full flush makes the piece independent of what is before it, so that one can be repeated.
    piece = packer.compress(bytes(_PIECE)) + packer.flush(zlib.Z_FULL_FLUSH)
    pieces = max(1, size // _PIECE)
    # Adler-32 of zeros: the low half stays 1, the high half counts them.
    checksum = (pieces * _PIECE % 65521 << 16 | 1).to_bytes(4, "big")
    data = b"\x78\xda" + piece * pieces + b"\x03\x00" + checksum
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return data


def locked(pdf: bytes) -> bytes:
    """The file as somebody saves it with a password."""
    target = BytesIO()
    with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
        opened.save(target, encryption=pikepdf.Encryption(user="secret", owner="other", R=6))
    return target.getvalue()


def with_twin_bomb(base: bytes, layers: int, size: int = 4 * GIBIBYTE) -> bytes:
    """A base whose attached data is a bomb; it is put together as every base is."""
    with pikepdf.Pdf.open(BytesIO(base)) as opened:
        twin = opened.attachments[TWIN_NAME].get_file().obj
        twin.write(deflated_zeros(size, layers), filter=Array([Name.FlateDecode] * layers))
        return _saved(opened)


def page_bomb(layers: int, size: int = 4 * GIBIBYTE) -> bytes:
    """One page whose content is a bomb."""
    with pikepdf.new() as made:
        page = made.add_blank_page()
        page.Contents = made.make_stream(b"")
        page.Contents.write(deflated_zeros(size, layers), filter=Array([Name.FlateDecode] * layers))
        return _saved(made)


def picture_bomb(layers: int, side: int = 30_000) -> bytes:
    """One page with a picture of ``side`` times ``side`` pixels, all black."""
    with pikepdf.new() as made:
        page = made.add_blank_page()
        picture = made.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=side, Height=side)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
        picture.write(deflated_zeros(3 * side * side, layers), filter=Array([Name.FlateDecode] * layers))
        page.Resources = Dictionary(XObject=Dictionary(Im=picture))
        page.Contents = made.make_stream(b"600 0 0 800 0 0 cm /Im Do")
        return _saved(made)


def slow_page(times: int = 50_000, side: int = 1_500) -> bytes:
    """One page that draws one picture over itself, again and again: hours of work in hardly any memory."""
    with pikepdf.new() as made:
        page = made.add_blank_page()
        picture = made.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=side, Height=side)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
        picture.write(zlib.compress(bytes(3 * side * side)), filter=Name.FlateDecode)
        page.Resources = Dictionary(XObject=Dictionary(Im=picture))
        page.Contents = made.make_stream(b"q 600 9 9 800 0 0 cm /Im Do Q\n" * times)
        return _saved(made)


def nested_forms(depth: int = 14, width: int = 8) -> bytes:
    """One page that draws a form which draws another ``width`` times, and so on: ``width ** depth`` in all."""
    with pikepdf.new() as made:
        page = made.add_blank_page()
        inner = made.make_stream(b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 800])
        for _ in range(depth):
            inner = made.make_stream(
                b"/Fm Do " * width,
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=[0, 0, 600, 800],
                Resources=Dictionary(XObject=Dictionary(Fm=inner)),
            )
        page.Resources = Dictionary(XObject=Dictionary(Fm=inner))
        page.Contents = made.make_stream(b"/Fm Do")
        return _saved(made)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = BytesIO()
    pdf.save(
        target,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        static_id=True,
    )
    return target.getvalue()
