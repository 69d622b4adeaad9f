"""A list of any length that holds only the pages in sight.

The model asks a fetch function, on the register lane, for one page after a known position (an anchor) and keeps the
newest pages. It never sorts, filters or counts by itself: SQL does. The widget around it is ``paged_table``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from intake.domain.base.visible import uncovered
from ui.jobs import JobHandle, JobLane, Jobs, JobTask
from ui.theme import Tone
from ui.widgets.tips import plain_tip
from ui.words.ring import RingState, ring_words

T = TypeVar("T")
AnyIndex = QModelIndex | QPersistentModelIndex

KEY_ROLE = Qt.ItemDataRole.UserRole + 1
RING_ROLE = Qt.ItemDataRole.UserRole + 2
TONE_ROLE = Qt.ItemDataRole.UserRole + 3
QUIET_ROLE = Qt.ItemDataRole.UserRole + 4
FOLDED_ROLE = Qt.ItemDataRole.UserRole + 5
"""Below a name: what stands in the columns for which there is no room."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width`` in characters, 0 = takes what is left. ``sort`` names the order SQL offers, or "" for none.

    ``whole`` is for our own words, days and references: the column grows until none of them is cut, in any language; with ``most``
    up to so many characters, for words of people among them. Where there is too little room for names, columns with ``fold``
    go under the name, those with the highest number first.
    """

    key: str
    title: str
    width: int = 0
    sort: str = ""
    right: bool = False
    whole: bool = False
    most: int = 0
    fold: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text; with ``tone`` it is a chip, with ``ring`` the ring is before it. ``folded`` is said instead of the text
    where it stands under the name, without the title of its column.
    """

    text: str
    tone: Tone | None = None
    ring: RingState | None = None
    quiet: bool = False
    tip: str = ""
    folded: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``key`` is what ``opened`` carries (a case id, a draft id)."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Give ``limit`` rows in order ``sort``, beginning ``skip`` rows after ``after`` (None: the beginning).

    ``query`` is whatever the screen set with ``set_query``. ``after`` is an anchor of an earlier ``PageOfRows``.
    """

    sort: str
    descending: bool
    query: object
    after: object
    skip: int
    limit: int


@dataclass(frozen=True, slots=True)
class PageOfRows:
    """The answer: the rows, the position of the last of them (any value the fetch function understands), the total."""

    rows: tuple[Row, ...]
    anchor: object
    total: int


Fetch = Callable[[JobTask, PageRequest], PageOfRows]


def page_of(task: JobTask, request: PageRequest, items: Sequence[T], row: Callable[[T], Row]) -> PageOfRows:
    """One page of a list that is here as a whole, for a fetch function: the anchor is how many rows have been passed."""
    begin = (request.after if isinstance(request.after, int) else 0) + request.skip
    rows = []
    for item in items[begin : begin + request.limit]:
        task.check()
        rows.append(row(item))
    return PageOfRows(tuple(rows), begin + len(rows), len(items))


class PagedModel(QAbstractTableModel):
    """Rows by page. ``arrived`` says that a page came, and how many rows there are."""

    arrived = Signal(int)
    renewing = Signal(bool)
    """All rows are about to be replaced by new versions of them: of the same question, or of another one."""
    refused = Signal(object)

    PAGE = 100
    KEPT = 40

    def __init__(
        self, jobs: Jobs, fetch: Fetch, columns: Sequence[Column], parent: QObject | None = None, *, sort: str = ""
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._fetch = fetch
        self._columns = tuple(columns)
        self._sort = sort
        self._descending = False
        self._query: object = None
        self._total = 0
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._anchors: dict[int, object] = {}
        self._wanted: list[int] = []
        self._again: list[int] = []
        self._handle: JobHandle[Any] | None = None
        self._asked = -1
        self._fresh = False
        self._other = False
        self._folded: tuple[int, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    @property
    def total(self) -> int:
        return self._total

    @property
    def order(self) -> tuple[str, bool]:
        return self._sort, self._descending

    @property
    def folded(self) -> tuple[int, ...]:
        """The columns that are shown under the name now, by number."""
        return self._folded

    def set_folded(self, columns: tuple[int, ...]) -> None:
        self._folded = columns

    def refresh(self) -> None:
        """Ask again for what is shown; the rows on screen stay until their new versions are here."""
        self._drop_running()
        self._fresh = True
        self._anchors.clear()
        self._wanted = [0]
        self._ask()

    def want_again(self, pages: Iterable[int]) -> None:
        """Ask for these too, behind those in sight."""
        self._again = sorted({*self._again, *pages})

    @property
    def idle(self) -> bool:
        """Whether nothing that was asked for is still to come."""
        return self._handle is None and not self._wanted and not self._again

    def set_query(self, query: object) -> None:
        self._other = self._other or query != self._query
        self._query = query
        self.refresh()

    def set_order(self, sort: str, descending: bool) -> None:
        self._other = True
        self._sort, self._descending = sort, descending
        self.refresh()

    def row(self, number: int) -> Row | None:
        """A row if its page is here; asking makes the page come."""
        page = self._pages.get(number // self.PAGE)
        if page is None:
            self._want(number // self.PAGE)
            return None
        self._pages.move_to_end(number // self.PAGE)
        within = number % self.PAGE
        return page[within] if within < len(page) else None

    def loaded(self) -> Iterator[tuple[int, Row]]:
        """The rows that are here, with their numbers, in order."""
        for page in sorted(self._pages):
            yield from enumerate(self._pages[page], start=page * self.PAGE)

    def find(self, key: str) -> int | None:
        """The number of a row that is loaded."""
        for page, rows in self._pages.items():
            for within, row in enumerate(rows):
                if row.key == key:
                    return page * self.PAGE + within
        return None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._total

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[section].right else _LEFT
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[column].right else _LEFT
        row = self.row(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and column == 0 else None
        cell = row.cells[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return uncovered(cell.text)
        if role in _OF_CELL:
            return getattr(cell, _OF_CELL[role])
        if role == KEY_ROLE:
            return row.key
        if role == FOLDED_ROLE:
            return "" if self._columns[column].width else self._under(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = cell.tip or (ring_words(cell.ring) if cell.ring is not None else "")
            under = "" if self._columns[column].width else self._under(row).strip()
            return plain_tip("\n".join(part for part in (tip, under) if part)) or None
        # AccessibleTextRole: the ring is spoken, the column is named.
        spoken = cell.text if cell.ring is None else f"{cell.text}. {ring_words(cell.ring)}"
        said = f"{self._columns[column].title}: {spoken}"
        if self._columns[column].width:
            return said
        others = (
            f"{self._columns[each].title}: {row.cells[each].text}" for each in self._folded if row.cells[each].text
        )
        return ". ".join((said, *others))

    def _under(self, row: Row) -> str:
        if not self._folded:
            return ""
        # A space that is not seen keeps the line where a row has nothing to say there.
        cells = (row.cells[each] for each in self._folded)
        return " · ".join(cell.folded or cell.text for cell in cells if cell.text) or "\u00a0"

    def _want(self, page: int) -> None:
        if page == self._asked or page in self._wanted:
            return
        # The newest wish first, and only a few: rows flown over while scrolling are not worth fetching.
        self._wanted.insert(0, page)
        del self._wanted[4:]
        self._ask()

    def _ask(self) -> None:
        if self._handle is not None:
            return
        # Those that are here by now, or behind the end of what is left, need not come again.
        self._again = [page for page in self._again if page not in self._pages and page * self.PAGE < self._total]
        waiting = self._wanted or self._again
        if not waiting:
            return
        page = waiting.pop(0)
        start = page * self.PAGE
        known = max((number for number in self._anchors if number <= page), default=None)
        after = None if known is None else self._anchors[known]
        skip = start if known is None else start - known * self.PAGE
        request = PageRequest(self._sort, self._descending, self._query, after, skip, self.PAGE)
        self._asked = page
        self._handle = self._jobs.submit(JobLane.REGISTER, self._fetch, request, owner=self)
        self._handle.done.connect(self._on_page)
        self._handle.refused.connect(self._on_refused)
        self._handle.failed.connect(self._on_gone)

    def _on_page(self, answer: PageOfRows) -> None:
        page, self._asked, self._handle = self._asked, -1, None
        if self._fresh or answer.total != self._total:
            if self._other:
                self._again = []
            self.renewing.emit(not self._other)
            self._begin_anew(answer.total)
        self._pages[page] = answer.rows
        self._pages.move_to_end(page)
        self._again = [each for each in self._again if each not in self._pages]
        if len(answer.rows) == self.PAGE:
            # Anchors are kept when their pages are not: they are what makes a jump back cheap.
            self._anchors[page + 1] = answer.anchor
        while len(self._pages) > self.KEPT:
            self._pages.popitem(last=False)
        if answer.rows:
            first = page * self.PAGE
            self.dataChanged.emit(
                self.index(first, 0), self.index(first + len(answer.rows) - 1, len(self._columns) - 1)
            )
        self.arrived.emit(self._total)
        self._ask()

    def _begin_anew(self, total: int) -> None:
        self._fresh = self._other = False
        self._pages.clear()
        if total == self._total:
            return
        if total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), total, self._total - 1)
            self._total = total
            self.endRemoveRows()

    def _on_refused(self, refusal: object) -> None:
        self._asked, self._handle = -1, None
        self.refused.emit(refusal)

    def _on_gone(self, _: object) -> None:
        self._asked, self._handle = -1, None

    def _drop_running(self) -> None:
        if self._handle is not None:
            self._handle.drop()
        self._asked, self._handle = -1, None


_OF_CELL = {
    RING_ROLE: "ring",
    TONE_ROLE: "tone",
    QUIET_ROLE: "quiet",
}
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROLES = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        KEY_ROLE,
        RING_ROLE,
        TONE_ROLE,
        QUIET_ROLE,
        FOLDED_ROLE,
    )
)
