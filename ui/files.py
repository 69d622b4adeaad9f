"""Asking where a file is or shall go, without stopping the program while the dialog is open.

The slot is a bound method; it is called with the path once somebody chose one. Nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_save(
    parent: QWidget, title: str, name: str, kinds: str, slot: Callable[[str], object], *, suffix: str = ""
) -> QFileDialog:
    """Where to save. ``kinds`` is a Qt name filter such as "PDF (*.pdf)"."""
    dialog = _dialog(parent, title, slot)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    dialog.open()
    return dialog


def ask_open(parent: QWidget, title: str, kinds: str, slot: Callable[[str], object]) -> QFileDialog:
    """Which file to read."""
    dialog = _dialog(parent, title, slot)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    dialog.open()
    return dialog


def ask_folder(parent: QWidget, title: str, slot: Callable[[str], object], *, start: str = "") -> QFileDialog:
    """Which folder to use."""
    dialog = _dialog(parent, title, slot)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if start:
        dialog.setDirectory(start)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, slot: Callable[[str], object]) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.fileSelected.connect(slot)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
