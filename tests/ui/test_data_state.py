"""The pill that says how the data is: trouble first, then what is on its way, then what is well."""

from __future__ import annotations

import pytest

from ui.data_state import DataState


@pytest.mark.parametrize(
    ("state", "sentence", "colour"),
    [
        (DataState(), "Data tersimpan", "ok"),
        (DataState(draft="08.41.52"), "Draf tersimpan 08.41.52", "ok"),
        (DataState(rules="later"), "Aturan baru: buka lagi program", "warning"),
        (DataState(draft="08.41.52", rules="later"), "Draf tersimpan 08.41.52", "ok"),
        (DataState(rules="refused"), "Aturan Puskesmas ditolak", "warning"),
        (DataState(draft="08.41.52", waiting=1, rules="refused"), "Menunggu cetak", "warning"),
        (DataState(waiting=1, saving=True), "Menyimpan …", "muted"),
        (DataState(waiting=1, saving=True, failed=1), "Printer tidak siap (cetak ulang F9)", "danger"),
        (DataState(failed=1, reachable=False), "Basis data tidak menjawab", "danger"),
    ],
)
def test_what_needs_a_hand_comes_first(state: DataState, sentence: str, colour: str) -> None:
    words, _, ink = state.words()
    assert (words, ink) == (sentence, colour)
