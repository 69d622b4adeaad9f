"""The decision record: what a register knows of a case in, a signed PDF out, and a verdict on any PDF that claims to be one.

This room does not know the register. Services hand it a ``case_file`` and evidence, and a function that reads fonts and colours.
``editions`` say and set the unsigned PDF, ``printer`` chooses among them, ``sign`` adds a signature, ``rebuild`` compares a
PDF with a fresh base and ``validate`` judges it.
"""
