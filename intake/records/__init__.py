"""The decision record: neutral content in, a signed PDF out, and a verdict on any PDF that claims to be one.

This room knows neither the register nor the fold. Services hand it plain content and evidence; fonts and the colour
profile arrive as bytes. ``content`` is what a record says, ``base`` makes the unsigned PDF, ``sign`` adds a signature,
``rebuild`` compares a PDF with a fresh base and ``validate`` judges it.
"""
