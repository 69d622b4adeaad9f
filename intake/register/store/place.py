"""Whether a place is fit for a register: on this computer, and not in a folder that a service copies without telling us.

Everything is decided from names and from the table of mounts; nothing is written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

from intake.register.refusals import NetworkShare, SyncedFolder

_NETWORK = frozenset(
    "nfs nfs4 cifs smb smb2 smb3 smbfs afs ncpfs ceph glusterfs lustre gfs2 ocfs2 beegfs davfs davfs2 afpfs webdav "
    "fuse.sshfs fuse.rclone fuse.glusterfs fuse.davfs2 fuse.gvfsd-fuse fuse.ceph fuse.s3fs fuse.google-drive-ocamlfuse "
    "fuse.onedriver fuse.smbnetfs fuse.curlftpfs".split()
)
_DRIVE_REMOTE = 4
"""What GetDriveTypeW answers for a mapped network drive."""

_FOLDER_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "syncthing": "Syncthing",
    "seafile": "Seafile",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "box sync": "Box",
    "sharepoint": "SharePoint",
}
_MARKERS = {
    ".stfolder": "Syncthing",
    ".stignore": "Syncthing",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tresorit": "Tresorit",
    ".seafile-data": "Seafile",
    ".tmp.drivedownload": "Google Drive",
}
_ROOTS = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Environment variables in which Windows names the folders that OneDrive keeps."""


def check_place(path: Path, *, mounts: str | None = None, environ: Mapping[str, str] | None = None) -> None:
    """Refuse a network share (NetworkShare) and a synced folder (SyncedFolder); anything else passes.

    ``mounts`` is the text of /proc/self/mounts (read when None), ``environ`` the environment (ours when None).
    """
    share = network_share(path, mounts=mounts)
    if share:
        raise NetworkShare(path=path, kind=share)
    service = synced_by(path, environ=os.environ if environ is None else environ)
    if service:
        raise SyncedFolder(path=path, service=service)


def network_share(path: Path, *, mounts: str | None = None) -> str:
    """The kind of network file system that holds ``path``; empty when it is local."""
    written = str(path)
    if written.startswith((r"\\", "//")) and not written.startswith(("\\\\?\\", "\\\\.\\")):
        return "UNC path"
    if written.upper().startswith("\\\\?\\UNC\\"):
        return "UNC path"
    if sys.platform == "win32":
        return _windows_drive(path)
    table = _mount_table() if mounts is None else mounts
    best, kind = "", ""
    whole = str(_existing(path).resolve())
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = whole == point or whole.startswith(point.rstrip("/") + "/")
        # The last of equal mounts is on top.
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind if kind.casefold() in _NETWORK else ""


def synced_by(path: Path, *, environ: Mapping[str, str]) -> str:
    """The name of the service that keeps a folder above ``path`` in step elsewhere; empty when there is none."""
    near = _existing(path).resolve()
    for root in _ROOTS:
        if environ.get(root) and near.is_relative_to(Path(environ[root]).resolve()):
            return "OneDrive"
    for folder in dict.fromkeys((*path.parents, near, *near.parents)):
        service = _named(folder) or _marked(folder)
        if service:
            return service
    return ""


def _named(folder: PurePath) -> str:
    name = folder.name.casefold()
    for start, service in _FOLDER_NAMES.items():
        # Accounts are added to the name: OneDrive - Contoso, Dropbox (Personal), GoogleDrive-someone@example.com.
        if name == start or (name.startswith(start) and name[len(start) :].lstrip()[:1] in ("-", "(")):
            return service
    return ""


def _marked(folder: Path) -> str:
    try:
        # Asked for each by name, a register spends more on this than on the rest of being opened.
        with os.scandir(folder) as found:
            names = {entry.name for entry in found}
    except OSError:
        # A folder may be entered by somebody who may not list it.
        names = {name for name in (*_MARKERS, ".dropbox") if (folder / name).exists()}
    for marker, service in _MARKERS.items():
        if marker in names:
            return service
    if ".dropbox" in names and (folder / ".dropbox").is_file():
        return "Dropbox"
    if any(name.startswith((".sync_", "._sync_")) and name.endswith(".db") for name in names):
        return "Nextcloud"
    return ""


def _existing(path: Path) -> Path:
    """``path`` or the nearest folder above it that is there."""
    found = path.absolute()
    while not found.exists() and found != found.parent:
        found = found.parent
    return found


def _mount_table() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _windows_drive(path: Path) -> str:
    import ctypes

    drive = path.absolute().drive
    if drive.startswith("\\\\"):
        return "UNC path"
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only Windows has this attribute
    return "mapped drive" if kernel.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE else ""
