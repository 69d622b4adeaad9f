"""The rules of the house, kept by a machine: who imports whom, how big a file gets, what starts without what.

What ruff and mypy can say is left to them. Each rule here fails with the names of the offenders.
"""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from packaging.requirements import Requirement

import intake
import ui
from intake.domain.base.refusals import Refusal
from tests.source import nodes, tree

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = frozenset(
    "intake ui resources tests pyproject.toml build.spec README.md LICENSE CHANGELOG.md Makefile".split()
)
MADE_BY_TOOLS = frozenset("build dist __pycache__ countersign_desk.egg-info".split())
HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "pikepdf",
    "pyhanko",
    "aiohttp",
    "PIL",
    "pypdfium2",
    "jsonschema",
)


def test_imports_run_one_way():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]

    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert outcome.returncode == 0, outcome.stdout


def test_screens_do_not_reach_through_an_installation():
    # The import rule does not see ``session.installation.register.queries``.
    found = {
        f"{_name(file)}:{node.lineno}"
        for file in _sources("ui")
        for node in nodes(file)
        if isinstance(node, ast.Attribute) and node.attr == "register"
        if getattr(node.value, "attr", getattr(node.value, "id", "")) == "installation"
    }

    assert not found


def test_the_domain_needs_the_standard_library_only():
    allowed = sys.stdlib_module_names | {"intake"}

    strangers = {
        f"{_name(file)}: {module}"
        for file in _sources("intake/domain")
        for module in _imports(file)
        if module.split(".")[0] not in allowed
    }

    assert not strangers


def test_no_room_opens_resources():
    doors = {"resources", "importlib.resources", "importlib_resources"}

    found = {
        f"{_name(file)}: {module}"
        for file in _sources("intake")
        if file != ROOT / "intake/cli.py"
        for module in _imports(file)
        if module in doors or module.startswith("resources.")
    }
    found |= {
        f"{_name(file)}:{node.lineno}"
        for file in _sources("intake")
        for node in nodes(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("resources/")
    }

    assert not found


def test_threads_start_in_one_place():
    starters = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "QThread", "QThreadPool", "QRunnable"}

    found = {_name(file): used for file in _sources("ui") if (used := starters & _words(file))}
    del found["ui/jobs.py"]

    assert not found


def test_files_are_written_in_one_place():
    # The log grows line by line, and the output of a program that was started lands in a scratch file.
    others = {"intake/files.py", "ui/app.py", "intake/commands/demo.py"}
    writers = {"write_bytes", "write_text", "mkstemp", "NamedTemporaryFile", "fsync", "copyfile", "copy2", "QSaveFile"}

    def opens_for_writing(node: ast.AST) -> bool:
        if not isinstance(node, ast.Call) or "open" not in {getattr(node.func, name, "") for name in ("attr", "id")}:
            return False
        modes = [given.value for given in node.args[:2] if isinstance(given, ast.Constant)]
        return any(mode in {"w", "wb", "a", "ab", "x", "xb", "wt"} for mode in modes)

    found = {
        _name(file)
        for folder in ("intake", "ui")
        for file in _sources(folder)
        if writers & _words(file) or any(opens_for_writing(node) for node in nodes(file))
    }

    assert found - others == set()


@pytest.mark.slow("reads every module")
def test_files_of_others_are_read_in_one_place():
    # What is read elsewhere was shipped with us, made by us a moment ago, is asked of the system, or is no content.
    others = {
        *("intake/reading.py", "intake/files.py", "intake/exchange/disk.py", "intake/services/installation/privacy.py"),
        *("intake/records/proof/crossreading.py", "resources/__init__.py"),
        *("intake/sample/journey.py", "intake/sample/life.py", "intake/sample/life_desk.py"),
        *("intake/services/outside/worker.py", "intake/commands/demo.py"),
        *("intake/register/store/marks.py", "intake/register/store/place.py", "intake/alone.py"),
        "ui/language.py",
    }

    def reads(node: ast.AST) -> bool:
        if not isinstance(node, ast.Call):
            return False
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        modes = [given.value for given in node.args[:2] if isinstance(given, ast.Constant)]
        holder = getattr(getattr(node.func, "value", None), "id", "")
        opens = name == "open" and (holder == "os" or isinstance(node.func, ast.Name) or {"r", "rb"} & {*modes})
        return name in {"read_bytes", "read_text"} or bool(opens)

    found = {
        _name(file)
        for folder in ("intake", "ui", "resources")
        for file in _sources(folder)
        if any(reads(node) for node in nodes(file))
    }

    assert found <= others


def test_sql_is_written_where_no_expression_can_say_it():
    """Everywhere else statements are expressions over the tables, which a type checker reads and no quote can break."""
    found = {
        _name(file)
        for folder in ("intake", "ui")
        for file in _sources(folder)
        for node in nodes(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.match(node.value)
    }
    history = {name for name in found if name.startswith("intake/register/migrations/")}

    assert found - history == {
        "intake/register/store/pragmas.py",
        "intake/register/views/full_text.py",
        "intake/register/views/paging.py",
    }


_SQL = re.compile(
    r"\s*(SELECT|WITH|INSERT (OR|INTO)|REPLACE INTO|UPDATE|DELETE FROM|PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT"
    r"|CREATE|ALTER|DROP|ATTACH|VACUUM|ANALYZE|REINDEX|EXPLAIN)(\s|$)"
)


@pytest.mark.parametrize(("folder", "most"), [("intake", 400), ("ui", 400), ("resources", 400), ("tests", 800)])
def test_a_file_fits_its_room(folder, most):
    too_long = {_name(file): lines for file in _sources(folder) if (lines := file.read_bytes().count(b"\n")) > most}

    assert not too_long


def test_a_class_has_one_task():
    too_long = {
        f"{_name(file)}: {node.name}"
        for folder in ("intake", "ui")
        for file in _sources(folder)
        for node in nodes(file)
        if isinstance(node, ast.ClassDef) and (node.end_lineno or 0) - node.lineno >= 250
    }

    assert not too_long


def test_what_is_there_is_used():
    # Names that only tests use, each with the reason why it is here and not in the tests.
    kept = {
        "overshadowed": "asked of every playbook before it is published",
        "has_picture": "pages are drawn when they are in sight, and nothing else shows from outside which are",
        "NULL": "the tags of DER are listed whole",
    }

    files = [file for folder in ("intake", "ui") for file in _sources(folder)]
    used = Counter(word for file in files for word in _used(file))
    unused = {name for file in files for name, itself in _offered(file) if used[name] <= itself}

    assert unused == set(kept)


def _used(file: Path) -> Iterator[str]:
    """Every name that a module reads, imports, gives as a keyword, or says in a string of such names."""
    for node in nodes(file):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
            case ast.ImportFrom(names=names) | ast.Import(names=names):
                yield from (item.name.rpartition(".")[2] for item in names)
            case ast.Constant(value=str(text)) if re.fullmatch(r"[\w.:]+", text):
                yield from re.findall(r"\w+", text)


def _offered(file: Path) -> Iterator[tuple[str, int]]:
    """Public names of a module and of its public classes, and how often each is read where it is given.

    Members of enumerations and columns are named by data; what is spelled as in Qt is called by Qt.
    """
    top = tree(file).body
    public = [node for node in top if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for body in (top, *(node.body for node in public)):
        for node in body:
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    itself = 0
                case ast.AnnAssign(target=ast.Name(id=name)):
                    itself = 1
                case ast.Assign(targets=[ast.Name(id=name)]) if body is top:
                    itself = 1
                case _:
                    continue
            if not name.startswith("_") and not re.search("[a-z][A-Z]", name):
                yield name, itself


def test_the_top_level_is_fixed():
    entries = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}

    assert entries - MADE_BY_TOOLS <= TOP_LEVEL


def test_a_class_is_known_by_its_name_alone():
    often = Counter(
        node.name
        for folder in ("intake", "ui")
        for file in _sources(folder)
        for node in tree(file).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )

    assert [name for name, count in often.items() if count > 1] == []


def test_the_map_in_the_readme_names_the_folders_there_are():
    text = (ROOT / "README.md").read_text("utf-8").split("## Where things live")[1].split("```")[1]
    named = {found for line in text.splitlines() for found in re.findall(r"(?<![\w`/])((?:[a-z]+/)+)", line)}
    rooms = {folder.parent for folder in (ROOT / "intake").rglob("__init__.py")} - {ROOT / "intake"}

    # Each edition is a folder under its number.
    rooms = {folder for folder in rooms if folder.parent.name != "editions"}

    assert {folder.name for folder in rooms} <= {name.rstrip("/").rsplit("/", 1)[-1] for name in named}
    assert not {
        name for name in named if not any(str(folder).endswith("/" + name.rstrip("/")) for folder in _folders())
    }


def test_the_decisions_are_numbered_without_a_gap_and_by_their_file_alone():
    files = sorted((ROOT / "resources/help/decisions").iterdir())
    titles = [file.read_text("utf-8").splitlines()[0] for file in files]

    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert [title for title in titles if not re.match(r"# [A-Z“]\D", title)] == []


def test_the_help_is_named_where_people_look():
    """A page that nobody is sent to is read by nobody."""
    known = (ROOT / "README.md", *(ROOT / "resources/help").glob("*.md"))
    linked = {
        name
        for page in known
        for name in re.findall(r"\]\((?:resources/help/)?([\w.-]+\.md)\)", page.read_text("utf-8"))
    }

    assert {page.name for page in (ROOT / "resources/help").glob("*.md")} - linked == set()


def test_the_recipes_for_contributors_name_files_that_exist():
    text = (ROOT / ".github/CONTRIBUTING.md").read_text("utf-8")
    named = {name for name in re.findall(r"`([^`]+)`", text) if "/" in name and " " not in name}

    assert len(named) > 25
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_the_manual_of_a_screen_author_names_what_there_is():
    manual = ast.get_docstring(tree(ROOT / "ui/__init__.py")) or ""
    known = set().union(
        *(
            _words(file) | _defined(file)
            for folder in ("ui", "intake/services", "tests/ui")
            for file in _sources(folder)
        )
    )
    named = set(re.findall(r"\b(?:[A-Z][a-z]+){2,}\b", manual)) | set(re.findall(r"\b([a-z_]{4,})\(", manual))
    modules = set(re.findall(r"(?<!\.)\bui(?:\.[a-z_]+)+", manual))
    widgets = re.findall(
        r"^    ([a-z_]+(?:, [a-z_]+)*)  ", manual.split("Widgets (ui.widgets")[1].split("\n\n")[0], re.MULTILINE
    )

    assert sorted(named - known) == []
    assert [
        name for line in widgets for name in line.split(", ") if not (ROOT / f"ui/widgets/{name}.py").is_file()
    ] == []
    assert [name for name in sorted(modules) if not _leads_somewhere(name)] == []


def test_the_rules_of_the_fold_are_where_they_are_said_to_be():
    from intake.domain import case

    said = (case.__doc__ or "").split("Where each rule is")[1]
    rules = re.findall(r"^    R(\d+) ", said, re.MULTILINE)
    named = re.findall(r"\b([a-z_]+)\.([A-Za-z_.]+)", said)

    assert rules == [str(number) for number in range(1, len(rules) + 1)]
    assert len(named) > len(rules)
    for module, path in named:
        found: object = importlib.import_module(f"intake.domain.case.{module}")
        for part in path.split("."):
            found = getattr(found, part)


def test_translated_text_is_never_put_together_before_it_is_translated():
    def computed(call: ast.Call) -> bool:
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        # A name may refer to a sentence of a table; a sum, an f-string or a filled template is in no translation.
        return called in {"tr", "translate"} and any(
            isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call) for argument in call.args[:2]
        )

    found = {
        f"{_name(file)}:{node.lineno}"
        for file in _sources("ui")
        for node in nodes(file)
        if isinstance(node, ast.Call) and computed(node)
    }

    assert not found


def test_what_people_read_is_plain_english():
    """Words that were given up for plainer ones, on screens, in reasons and refusals, and in the help of commands."""
    given_up = re.compile(r"\b(whoever|anew|by one piece|held? against|full use|paper:)\b", re.IGNORECASE)
    says = {"tr", "translate", "Wording", "Sentence", "Caption", "worded", "Flag", "Argument"}

    def spoken(node: ast.AST) -> Iterator[ast.AST]:
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in says:
            yield from (*node.args, *(item.value for item in node.keywords))
        elif isinstance(node, ast.ClassDef):
            # The three sentences of a refusal.
            yield from (item.value for item in node.body if isinstance(item, ast.Assign))

    found = {
        f"{_name(file)}:{text.lineno}: {match.group()}"
        for folder in ("intake", "ui")
        for file in _sources(folder)
        for node in nodes(file)
        for said in spoken(node)
        for text in ast.walk(said)
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
        if (match := given_up.search(text.value))
    }

    assert not found


def test_no_tooltip_runs_what_people_wrote():
    """Qt shows markup in a tooltip and loads what it names: only words of ours go there without ``plain_tip``."""
    found = []
    for file in _sources("ui"):
        for node in nodes(file):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setToolTip":
                found += [] if _of_ours(node.args[-1]) else [f"{_name(file)}:{node.lineno}"]

    assert found == []


def _of_ours(node):
    if isinstance(node, ast.IfExp):
        return _of_ours(node.body) and _of_ours(node.orelse)
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return called in {"tr", "plain_tip", "toolTip"}
    return isinstance(node, ast.Constant)


@pytest.mark.parametrize("module", ["intake.cli", "ui.app", "ui.main"])
def test_the_entry_points_start_light(module):
    probe = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"

    outcome = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)

    assert outcome.stdout.split() == []


def test_every_refusal_says_what_why_and_what_next():
    # A template may end with a fact that is a sentence itself, such as the reason another room gave.
    unclear = {
        f"{refusal.__module__}.{refusal.__name__}.{part}"
        for refusal in _refusals()
        for part in ("what", "why", "next")
        if not getattr(refusal, part).endswith((".", "}")) or getattr(refusal, part) == getattr(Refusal, part)
    }

    assert not unclear


def test_the_words_of_every_refusal_can_be_filled():
    for refusal in _refusals():
        templates = (refusal.what, refusal.why, refusal.next)
        fields = {field for text in templates for _, field, _, _ in Formatter().parse(text) if field is not None}

        said = refusal(**dict.fromkeys(fields, "a {brace} and {}")).sentence

        assert not fields or "a {brace} and {}" in said


def test_a_refusal_is_known_by_its_name_alone():
    often = Counter(refusal.__name__ for refusal in _refusals())

    assert [name for name, count in often.items() if count > 1] == []


def test_a_void_call_into_qt_keeps_its_reference_to_none():
    from PySide6.QtCore import QObject

    thing = QObject()
    gc.collect()
    before = sys.getrefcount(None)

    for _ in range(20_000):
        thing.setObjectName("name")

    assert abs(sys.getrefcount(None) - before) < 1_000


def test_every_dependency_is_pinned_within_its_range():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    wanted += [Requirement(line) for extra in project["optional-dependencies"].values() for line in extra]
    lines = (ROOT / ".ci/constraints.txt").read_text("utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    pins = {_normal(name): version for name, version in pins.items()}

    assert [str(one) for one in wanted if not one.specifier.contains(pins[_normal(one.name)])] == []
    assert [one.name for one in wanted if one.url] == []


def test_the_readme_starts_with_two_commands_of_one_line():
    text = (ROOT / "README.md").read_text("utf-8")

    blocks = [block.split("```")[0] for block in text.split("```sh\n")[1:]]

    assert blocks == ["make demo\n", "make test\n"]


def _refusals() -> list[type[Refusal]]:
    """Give every refusal a person can meet: the leaves; a class with children only groups them."""
    for room in (intake, ui):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if "__main__" not in module.name and ".migrations." not in module.name:
                importlib.import_module(module.name)

    def leaves(kind: type[Refusal]) -> Iterator[type[Refusal]]:
        children = [child for child in kind.__subclasses__() if child.__module__.startswith(("intake.", "ui."))]
        for child in children:
            yield from leaves(child)
        if not children and kind is not Refusal:
            yield kind

    return sorted(set(leaves(Refusal)), key=lambda kind: (kind.__module__, kind.__name__))


def _sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _imports(file: Path) -> Iterator[str]:
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _words(file: Path) -> set[str]:
    """Give every name the code of ``file`` uses, whether it is alone, behind a dot or in an import."""
    found = nodes(file)
    words = {node.id for node in found if isinstance(node, ast.Name)}
    words |= {node.attr for node in found if isinstance(node, ast.Attribute)}
    return words | {alias.name for node in found if isinstance(node, ast.ImportFrom) for alias in node.names}


def _defined(file: Path) -> set[str]:
    """Give every name ``file`` defines, parameters included."""
    found = nodes(file)
    names = {node.name for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    names |= {node.arg for node in found if isinstance(node, ast.arg | ast.keyword) and node.arg}
    return names | {
        node.target.id for node in found if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


def _folders() -> list[Path]:
    return [
        folder
        for top in ("intake", "ui", "resources", "tests")
        for folder in (ROOT, *(ROOT / top).rglob("*"))
        if folder.is_dir()
    ] + [ROOT / top for top in ("intake", "ui", "resources", "tests")]


def _leads_somewhere(name: str) -> bool:
    """Whether a dotted name is a module, a folder, or something inside a module."""
    path = ROOT / name.replace(".", "/")
    if path.with_suffix(".py").is_file() or path.is_dir():
        return True
    module = path.parent.with_suffix(".py")
    return module.is_file() and path.name in _words(module) | _defined(module)


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")
