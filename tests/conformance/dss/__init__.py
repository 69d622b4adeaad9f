"""EU DSS, the European Commission's signature validator, asked about many files in one process.

Maven, as this machine is set up, copies what ``pom.xml`` names into ``build/dss``; the digests of all of it are in
``jars.sha256``. The driver ``Validate.java`` is compiled there too. Only the signature itself is judged: the part about
qualified signatures wants a list of trusted services, which keys of an organisation's own are never in.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = Path(__file__).parents[3] / "build" / "dss"
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""When DSS believes it is asked: a day after the records of the tests are signed."""

_SECONDS = 600


@dataclass(frozen=True, slots=True)
class DssSignature:
    """What DSS says about one signature. ``indication`` is TOTAL_PASSED, INDETERMINATE or TOTAL_FAILED.

    The last four list what was changed after the signature, each as DSS sorts it: by adding validation data and the
    like, by filling in the form, by comments, and by nothing it knows.
    """

    field: str
    indication: str
    sub_indication: str
    level: str
    covers_whole_document: bool
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    infos: tuple[str, ...]
    extensions: tuple[str, ...]
    form_filling: tuple[str, ...]
    annotations: tuple[str, ...]
    undefined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DssReport:
    """What DSS says about one file: its signatures in the order of the file, or why it could not be read."""

    file: Path
    signatures: tuple[DssSignature, ...]
    unreadable: str

    @property
    def passed(self) -> bool:
        return bool(self.signatures) and all(item.indication == "TOTAL_PASSED" for item in self.signatures)

    @property
    def complaints(self) -> list[str]:
        """Every error and warning, and the reason why the file could not be read."""
        said = [self.unreadable] if self.unreadable else []
        return [*said, *(text for item in self.signatures for text in (*item.errors, *item.warnings))]

    @property
    def summary(self) -> str:
        """The worst indication in a few words: ``TOTAL_PASSED, 2 warnings``."""
        if self.unreadable:
            return "unreadable"
        if not self.signatures:
            return "no signature"
        order = ("TOTAL_FAILED", "INDETERMINATE", "TOTAL_PASSED")
        worst = min(self.signatures, key=lambda item: order.index(item.indication))
        words = [worst.indication + (f" ({worst.sub_indication})" if worst.sub_indication else "")]
        warnings = sum(len(item.warnings) for item in self.signatures)
        if warnings:
            words.append(f"{warnings} warning{'s' if warnings > 1 else ''}")
        if not self.signatures[-1].covers_whole_document:
            words.append("bytes after the last signature")
        return ", ".join(words)


def judge(files: Sequence[Path], trusted: Sequence[bytes], *, at: datetime = AT) -> list[DssReport]:
    """One report for each file, in their order.

    ``trusted`` are certificates (DER) that DSS trusts as they are: those of the signers and of timestamp services.
    Raises when DSS cannot be fetched, compiled or run; never skips.
    """
    if not files:
        return []
    classpath = f"{_compiled()}:{_library()}/*"
    anchors = FOLDER / "trusted"
    anchors.mkdir(exist_ok=True)
    paths = [anchors / f"{hashlib.sha256(der).hexdigest()}.der" for der in trusted]
    for path, der in zip(paths, trusted, strict=True):
        path.write_bytes(der)
    # A deep stack, because DSS walks the objects of a file recursively.
    command = [_tool("java"), "-Xss16m", "-Xmx1g", "-cp", classpath, "Validate", at.isoformat().replace("+00:00", "Z")]
    said = subprocess.run(
        [*command, *map(str, paths)],
        input="".join(f"{path}\n" for path in files),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    answers = [_report(json.loads(line)) for line in said.stdout.splitlines()]
    assert [answer.file for answer in answers] == list(files), said.stderr[-4000:]
    return answers


def _report(answer: dict[str, object]) -> DssReport:
    found = answer.get("signatures", [])
    assert isinstance(found, list)
    signatures = tuple(
        DssSignature(**{name: tuple(value) if isinstance(value, list) else value for name, value in item.items()})
        for item in found
    )
    return DssReport(Path(str(answer["file"])), signatures, str(answer.get("unreadable", "")))


def _tool(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing: install the Debian packages that .ci/system-packages check names"
    return found


def _library() -> Path:
    """The folder with DSS and all it needs, as pinned."""
    pinned = (HERE / "jars.sha256").read_text("utf-8")
    folder = FOLDER / f"lib-{hashlib.sha256(pinned.encode()).hexdigest()[:12]}"
    if not folder.is_dir():
        fresh = folder.with_suffix(".part")
        shutil.rmtree(fresh, ignore_errors=True)
        command = [_tool("mvn"), "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
        subprocess.run([*command, f"-DoutputDirectory={fresh}"], check=True, timeout=_SECONDS)
        fresh.rename(folder)
    found = [f"{hashlib.sha256(jar.read_bytes()).hexdigest()}  {jar.name}" for jar in sorted(folder.iterdir())]
    assert sorted(found) == sorted(pinned.splitlines()), f"{folder} is not the pinned DSS"
    return folder


def _compiled() -> Path:
    """The folder with the compiled driver; compiled again when its source changed."""
    source = HERE / "Validate.java"
    folder = FOLDER / f"driver-{hashlib.sha256(source.read_bytes()).hexdigest()[:12]}"
    if not folder.is_dir():
        fresh = folder.with_suffix(".part")
        command = [_tool("javac"), "-cp", f"{_library()}/*", "-d", str(fresh), str(source)]
        subprocess.run(command, check=True, timeout=_SECONDS)
        fresh.rename(folder)
    return folder
