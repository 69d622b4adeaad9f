"""The official PDF/A and PDF/UA validator, fetched once from the Maven repository this machine is set up to use."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

ARTIFACT = "org.verapdf.apps:greenfield-apps:1.28.2"
SHA256 = "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
FOLDER = Path(__file__).parents[2] / "build" / "verapdf"


def jar() -> Path:
    """The validator's archive: ``VERAPDF_JAR``, or the pinned one. Raises when it cannot be had; never skips."""
    if given := os.environ.get("VERAPDF_JAR"):
        return Path(given)
    _, name, version = ARTIFACT.split(":")
    path = FOLDER / f"{name}-{version}.jar"
    if not path.is_file():
        maven = shutil.which("mvn")
        assert maven, "Maven is missing: install the Debian package maven, or name the archive in VERAPDF_JAR"
        command = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={FOLDER}"]
        subprocess.run(command, check=True, timeout=600, cwd=FOLDER.parents[1])
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found == SHA256, f"{path} is not the pinned validator: {found}"
    return path


def failures(files: Sequence[Path], flavour: str) -> list[str]:
    """What veraPDF does not pass: ``3a`` is PDF/A-3a, ``ua1`` is PDF/UA-1. One process judges all files."""
    java = shutil.which("java")
    assert java, "Java is missing: install the Debian packages that .ci/system-packages names"
    command = [java, "-cp", str(jar()), MAIN, "-f", flavour, "--format", "text", "-v", *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    passed = {line.split()[1] for line in said.stdout.splitlines() if line.startswith("PASS")}
    missed = [str(path) for path in files if str(path) not in passed]
    return [f"{missed}\n{said.stdout[-4000:]}{said.stderr[-2000:]}"] if missed else []
