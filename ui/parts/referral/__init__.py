"""Referral letters on the screen: writing one from an open visit, and what is done with one afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.page import Context


def open_letter(context: Context, visit_uid: str, issued: Callable[[], None] | None = None) -> None:
    """Ctrl+R: write a referral letter for this visit, in a sheet. issued: told when one was issued or refused."""
    from ui.parts.referral.sheet import open_sheet

    open_sheet(context, visit_uid, issued)
