"""Which commands there are, in menu order. Words and keys only; the window connects them."""

from __future__ import annotations

from ui.shell.commands import Command
from ui.texts import Texts


def file_commands() -> tuple[Command, ...]:
    menu = MenuTexts.tr("&File")
    return (
        Command(
            "new-use-case",
            menu,
            MenuTexts.tr("&New use case…"),
            "Ctrl+N",
            "add",
            MenuTexts.tr("Begin a draft; nothing is sent"),
        ),
        Command(
            "import",
            menu,
            MenuTexts.tr("&Import a package or act…"),
            "Ctrl+O",
            "import",
            MenuTexts.tr("From a file or a stick"),
            bar=True,
        ),
        Command(
            "add-person",
            menu,
            MenuTexts.tr("&Add a person…"),
            "Ctrl+Shift+I",
            "people",
            MenuTexts.tr("Invite somebody, and list them after comparing their key"),
        ),
        Command(
            "export",
            menu,
            MenuTexts.tr("&Export a package…"),
            "Ctrl+E",
            "export",
            MenuTexts.tr("To carry acts on a stick"),
        ),
        Command(
            "verify",
            menu,
            MenuTexts.tr("&Verify a record…"),
            "Ctrl+Shift+V",
            "check",
            MenuTexts.tr("Check the signatures in a PDF"),
        ),
        Command("backup", menu, MenuTexts.tr("&Back up this register…"), "Ctrl+Shift+B", "lock", "", bar=True),
        Command("quit", menu, MenuTexts.tr("&Quit"), "Ctrl+Q", "", "", bar=True),
    )


def exchange_commands() -> tuple[Command, ...]:
    menu = MenuTexts.tr("E&xchange")
    return (
        Command(
            "sync",
            menu,
            MenuTexts.tr("&Send and fetch now"),
            "Ctrl+Shift+S",
            "send",
            MenuTexts.tr("Through the exchange folder"),
        ),
        Command("choose-folder", menu, MenuTexts.tr("&Choose the exchange folder…"), "Ctrl+Shift+F", "folder", ""),
    )


def view_commands() -> tuple[Command, ...]:
    menu = MenuTexts.tr("&View")
    return (
        Command(
            "find", menu, MenuTexts.tr("&Find on this page"), "Ctrl+F", "search", MenuTexts.tr("Go to the search field")
        ),
        Command("refresh", menu, MenuTexts.tr("&Refresh"), "F5", "", MenuTexts.tr("Read again from the register")),
        Command("look-light", menu, MenuTexts.tr("&Light"), "Ctrl+Alt+L", "", "", bar=True, checkable=True),
        Command("look-dark", menu, MenuTexts.tr("&Dark"), "Ctrl+Alt+D", "", "", checkable=True),
        Command("look-system", menu, MenuTexts.tr("Like the &system"), "Ctrl+Alt+S", "", "", checkable=True),
        Command("text-larger", menu, MenuTexts.tr("Larger te&xt"), "Ctrl++; Ctrl+=", "", "", bar=True),
        Command("text-smaller", menu, MenuTexts.tr("S&maller text"), "Ctrl+-", "", ""),
        Command("text-normal", menu, MenuTexts.tr("&Normal text"), "Ctrl+0", "", ""),
        Command("full-screen", menu, MenuTexts.tr("F&ull screen"), "F11", "", "", bar=True, checkable=True),
    )


def go_commands() -> tuple[Command, ...]:
    menu = MenuTexts.tr("&Go")
    return (
        Command("back", menu, MenuTexts.tr("&Back"), "Alt+Left", "back", ""),
        Command("forward", menu, MenuTexts.tr("&Forward"), "Alt+Right", "next", ""),
        Command(
            "palette",
            menu,
            MenuTexts.tr("Find &anything…"),
            "Ctrl+K",
            "search",
            MenuTexts.tr("Actions, use cases, records and people by name"),
        ),
    )


def help_commands() -> tuple[Command, ...]:
    menu = MenuTexts.tr("&Help")
    return (
        Command("help", menu, MenuTexts.tr("&How Countersign works"), "F1", "help", ""),
        Command(
            "place-explain",
            menu,
            MenuTexts.tr("&Reasons and sources"),
            "Shift+F1",
            "info",
            MenuTexts.tr("Why each question is asked"),
        ),
        Command(
            "place-literacy",
            menu,
            MenuTexts.tr("&Why it matters"),
            "Ctrl+Shift+L",
            "guide",
            MenuTexts.tr("The chapters to read and sign"),
        ),
        Command("keys", menu, MenuTexts.tr("&Keys that work here"), "?", "", ""),
        Command("about", menu, MenuTexts.tr("&About Countersign"), "Ctrl+F1", "info", "", bar=True),
    )


class MenuTexts(Texts):
    pass
