"""Windows' own safe (DPAPI): bytes that only the same Windows account on the same computer can open again."""

from __future__ import annotations

import ctypes
import sys

AVAILABLE = sys.platform == "win32"
_ENTROPY = b"ILP Desk desk.key"
_NO_WINDOW = 0x1


class SafeRefused(OSError):
    """Windows did not open or close its safe; usually another account or another computer."""


if sys.platform == "win32":
    from ctypes import wintypes

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

    def _blob(content: bytes) -> _Blob:
        return _Blob(len(content), ctypes.create_string_buffer(content, len(content)))

    def _call(name: str, content: bytes) -> bytes:
        given, entropy, out = _blob(content), _blob(_ENTROPY), _Blob()
        work = getattr(ctypes.windll.crypt32, name)
        if not work(ctypes.byref(given), None, ctypes.byref(entropy), None, None, _NO_WINDOW, ctypes.byref(out)):
            raise SafeRefused(name)
        try:
            return ctypes.string_at(out.data, out.size)
        finally:
            ctypes.windll.kernel32.LocalFree(out.data)

else:

    def _call(name: str, content: bytes) -> bytes:
        raise SafeRefused(name)


def protect(content: bytes) -> bytes:
    """Raises SafeRefused."""
    return _call("CryptProtectData", content)


def unprotect(content: bytes) -> bytes:
    """Raises SafeRefused."""
    return _call("CryptUnprotectData", content)
