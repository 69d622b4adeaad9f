"""How much memory another process uses, where the kernel does not limit it for us: Windows and macOS."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

Used = Callable[[int], int | None]
"""From a process id to the bytes the process uses; None where there is nothing to watch or nobody to ask."""


def used(process: int) -> int | None:
    """Bytes of private memory of a process of ours. None on Linux, where RLIMIT_AS does the work."""
    if sys.platform == "win32":
        return _on_windows(process)
    if sys.platform == "darwin":
        return _on_macos(process)
    return None


if sys.platform == "win32":
    from ctypes import wintypes

    _QUERY_LIMITED = 0x1000

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS_EX of psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in ("peak_set", "set", "pp", "p", "pnp", "np", "file", "peak_file")),
            ("private", ctypes.c_size_t),
        )

    def _on_windows(process: int) -> int | None:
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = kernel.OpenProcess(_QUERY_LIMITED, False, process)
        if not handle:
            return None
        try:
            found = _Counters(cb=ctypes.sizeof(_Counters))
            asked = kernel.K32GetProcessMemoryInfo(wintypes.HANDLE(handle), ctypes.byref(found), found.cb)
            return int(found.private) if asked else None
        finally:
            kernel.CloseHandle(wintypes.HANDLE(handle))


if sys.platform == "darwin":

    class _Usage(ctypes.Structure):
        """rusage_info_v0 of sys/resource.h."""

        _fields_ = (
            ("uuid", ctypes.c_uint8 * 16),
            *((name, ctypes.c_uint64) for name in ("user", "system", "idle_wakes", "wakes", "page_ins", "wired")),
            *((name, ctypes.c_uint64) for name in ("resident", "footprint", "started", "exited")),
        )

    def _on_macos(process: int) -> int | None:
        found = _Usage()
        failed = ctypes.CDLL("/usr/lib/libproc.dylib").proc_pid_rusage(process, 0, ctypes.byref(found))
        return None if failed else int(found.footprint)
