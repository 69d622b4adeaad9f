"""About: which version this is, under which licence, and on whose work it is built."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata

from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QWidget

from intake import __version__
from ui.theme import sizes
from ui.widgets.dialogs import PlainDialog
from ui.widgets.labels import Label, quiet

STANDS_ON = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("SQLAlchemy", "MIT"),
    ("alembic", "MIT"),
    ("reportlab", "BSD-3-Clause"),
    ("pyhanko", "MIT"),
    ("pikepdf", "MPL-2.0"),
    ("pypdfium2", "Apache-2.0, BSD-3-Clause"),
    ("cryptography", "Apache-2.0, BSD-3-Clause"),
    ("asn1crypto", "MIT"),
    ("platformdirs", "MIT"),
    ("icalendar", "BSD-2-Clause"),
    ("holidays", "MIT"),
    ("jsonschema", "MIT"),
)


class AboutDialog(PlainDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Countersign {version}").format(version=__version__), parent, icon="countersign")
        self.body.addWidget(Label(self.tr("One signs, the other countersigns, and only then does the decision exist.")))
        self.body.addWidget(quiet(self.tr("Free software under the Apache License 2.0, without any warranty.")))
        self.text = QPlainTextEdit(licences())
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("What it is built on, with licences"))
        self.text.setMinimumHeight(sizes(self).line * 13)
        self.body.addWidget(self.text, 1)
        self.add_button(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole, look="primary").setDefault(True)


def licences() -> str:
    """One line per library: name, version when it can be told, licence; then the fonts and the schemas of others."""
    lines = [f"{name} {_version(name)}".strip() + f", {licence}" for name, licence in STANDS_ON]
    return "\n".join([*lines, "Noto fonts, SIL Open Font License 1.1", "CycloneDX schemas, Apache-2.0"])


def _version(name: str) -> str:
    try:
        return str(metadata(name)["Version"])
    except PackageNotFoundError:
        # A frozen build leaves the descriptions of packages out.
        return ""
