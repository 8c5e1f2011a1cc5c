"""Raw bytes to a Windows printer: the spooler's own calls, through ctypes."""

from __future__ import annotations

import ctypes
import sys
from typing import Any


class _DocInfo(ctypes.Structure):
    _fields_ = (
        ("pDocName", ctypes.c_wchar_p),
        ("pOutputFile", ctypes.c_wchar_p),
        ("pDatatype", ctypes.c_wchar_p),
    )


def library() -> Any:
    """The spooler's library. OSError where there is none: not Windows."""
    if sys.platform == "win32":
        return ctypes.WinDLL("winspool.drv", use_last_error=True)
    raise OSError("the Windows spooler exists on Windows only")


def send_raw(spool: Any, printer: str, data: bytes, title: str) -> None:
    """Spool `data` unchanged. spool: `library()`. OSError names the call that failed."""
    handle = ctypes.c_void_p()
    _must(spool.OpenPrinterW(ctypes.c_wchar_p(printer), ctypes.byref(handle), None), "OpenPrinter")
    try:
        document = _DocInfo(title, None, "RAW")
        _must(spool.StartDocPrinterW(handle, 1, ctypes.byref(document)), "StartDocPrinter")
        try:
            _must(spool.StartPagePrinter(handle), "StartPagePrinter")
            _write(spool, handle, data)
            _must(spool.EndPagePrinter(handle), "EndPagePrinter")
        finally:
            spool.EndDocPrinter(handle)
    finally:
        spool.ClosePrinter(handle)


def _write(spool: Any, handle: ctypes.c_void_p, data: bytes) -> None:
    rest = data
    while rest:
        written = ctypes.c_ulong()
        _must(spool.WritePrinter(handle, rest, len(rest), ctypes.byref(written)), "WritePrinter")
        if not written.value:
            raise OSError("WritePrinter wrote nothing")
        rest = rest[written.value :]


def _must(result: int, call: str) -> None:
    if not result:
        raise OSError(f"{call} failed")
