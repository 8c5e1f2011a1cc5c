"""Where somebody lives: a part of the catchment, or a place outside it in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from ilp_desk.rows.people import AreaNode
from ui.widgets import CheckBox, Columns, Combo, Field, LineEdit

TEXT_ROOM = 1000
"""Letters a field takes: more than may be saved, so that too much is said and not cut off in silence."""


class HomeFields(Columns):
    """Village and hamlet, or where else. chosen(name): the clerk changed area_uid, outside or outside_text."""

    chosen = Signal(str)

    def __init__(self) -> None:
        self.village = Combo(placeholder="Pilih", name="Nagari/Desa")
        self.hamlet = Combo(placeholder="Pilih", name="Jorong/Dusun")
        self.text = LineEdit(placeholder="desa, kecamatan, kabupaten", max_length=TEXT_ROOM)
        self.away = CheckBox("luar wilayah", small=True)
        self.back = CheckBox("luar wilayah", checked=True, small=True)
        self.village_field = Field("Nagari/Desa", self.village, corner=self.away)
        self.hamlet_field = Field("Jorong/Dusun", self.hamlet)
        self.text_field = Field("Asal (luar wilayah)", self.text, corner=self.back)
        super().__init__([[(self.village_field, 6), (self.hamlet_field, 6)], [(self.text_field, 12)]])
        self._nodes: dict[str, AreaNode] = {}
        self._exact = ""
        self.outside = False
        self._show_side()
        self.village.activated.connect(self._village_chosen)
        self.hamlet.activated.connect(self._hamlet_chosen)
        self.text.textEdited.connect(lambda: self.chosen.emit("outside_text"))
        self.away.clicked.connect(lambda: self._toggle(True))
        self.back.clicked.connect(lambda: self._toggle(False))

    def set_areas(self, areas: Sequence[AreaNode]) -> None:
        """The tree of the catchment; what is chosen stays."""
        kept = self.area_uid()
        self._nodes = {node.uid: node for node in areas}
        villages = [(n.uid, n.name) for n in areas if n.level == "village"]
        self.village.set_items([("", "–"), *villages])
        self.set_area(kept)

    def area_uid(self) -> str:
        """The smallest chosen part of the catchment, empty outside it; as it was set until somebody chooses."""
        return "" if self.outside else self._exact or str(self.hamlet.value() or self.village.value() or "")

    def set_area(self, uid: str) -> None:
        """Show a hamlet with its village, or a village; of an area below a hamlet the hamlet is shown."""
        way: dict[str, str] = {}
        self._exact = uid
        node = self._nodes.get(uid)
        while node is not None:
            way[node.level] = node.uid
            node = self._nodes.get(node.parent_uid or "")
        self.village.set_value(way.get("village"))
        self._fill_hamlets()
        self.hamlet.set_value(way.get("hamlet"))

    def set_outside(self, on: bool, text: str = "") -> None:
        """Lives elsewhere, and where."""
        self.outside = on
        self.text.setText(text)
        self._show_side()

    def _fill_hamlets(self) -> None:
        village = self.village.value()
        below = [(n.uid, n.name) for n in self._nodes.values() if n.level == "hamlet" and n.parent_uid == village]
        self.hamlet.set_items([("", "–"), *below] if below else [])
        self.hamlet.setEnabled(bool(below))

    def _hamlet_chosen(self) -> None:
        self._exact = ""
        self.chosen.emit("area_uid")

    def _village_chosen(self) -> None:
        self._exact = ""
        self._fill_hamlets()
        self.chosen.emit("area_uid")

    def _toggle(self, on: bool) -> None:
        self.outside = on
        self._show_side()
        (self.text if on else self.village).setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit("outside")

    def _show_side(self) -> None:
        for field in (self.village_field, self.hamlet_field):
            field.setVisible(not self.outside)
        self.text_field.setVisible(self.outside)
        self.away.setChecked(False)
        self.back.setChecked(True)
