"""Which commands there are, in menu order. Words and keys only; the window connects them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.shell.commands import Command


def file_commands() -> tuple[Command, ...]:
    menu = _t("&File")
    return (
        Command("new-request", menu, _t("&New request…"), "Ctrl+N", "add", _t("Begin a draft; nothing is sent")),
        Command(
            "import", menu, _t("&Import a package or act…"), "Ctrl+O", "import", _t("From a file or a stick"), bar=True
        ),
        Command("export", menu, _t("&Export a package…"), "Ctrl+E", "export", _t("To carry acts on a stick")),
        Command("verify", menu, _t("&Verify a record…"), "Ctrl+Shift+V", "check", _t("Check the signatures in a PDF")),
        Command("backup", menu, _t("&Back up this register…"), "Ctrl+Shift+B", "lock", "", bar=True),
        Command("quit", menu, _t("&Quit"), "Ctrl+Q", "", "", bar=True),
    )


def exchange_commands() -> tuple[Command, ...]:
    menu = _t("E&xchange")
    return (
        Command("sync", menu, _t("&Send and fetch now"), "Ctrl+Shift+S", "send", _t("Through the exchange folder")),
        Command("choose-folder", menu, _t("&Choose the exchange folder…"), "Ctrl+Shift+F", "folder", ""),
    )


def view_commands() -> tuple[Command, ...]:
    menu = _t("&View")
    return (
        Command("find", menu, _t("&Find on this page"), "Ctrl+F", "search", _t("Go to the search field")),
        Command("refresh", menu, _t("&Refresh"), "F5", "", _t("Read again from the register")),
        Command("look-light", menu, _t("&Light"), "Ctrl+Alt+L", "", "", bar=True, checkable=True),
        Command("look-dark", menu, _t("&Dark"), "Ctrl+Alt+D", "", "", checkable=True),
        Command("look-system", menu, _t("Like the &system"), "Ctrl+Alt+S", "", "", checkable=True),
        Command("full-screen", menu, _t("F&ull screen"), "F11", "", "", bar=True, checkable=True),
    )


def go_commands() -> tuple[Command, ...]:
    menu = _t("&Go")
    return (
        Command("back", menu, _t("&Back"), "Alt+Left", "back", ""),
        Command("forward", menu, _t("&Forward"), "Alt+Right", "next", ""),
        Command("palette", menu, _t("Do &anything…"), "Ctrl+K", "search", _t("Find an action by name")),
    )


def help_commands() -> tuple[Command, ...]:
    menu = _t("&Help")
    return (
        Command("help", menu, _t("&How Countersign works"), "F1", "help", ""),
        Command(
            "place-explain", menu, _t("&Reasons and sources"), "Shift+F1", "info", _t("Why each question is asked")
        ),
        Command(
            "place-literacy", menu, _t("&Why it matters"), "Ctrl+Shift+L", "guide", _t("The chapters to read and sign")
        ),
        Command("keys", menu, _t("&Keys that work here"), "?", "", ""),
        Command("about", menu, _t("&About Countersign"), "Ctrl+F1", "info", "", bar=True),
    )


def _t(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
