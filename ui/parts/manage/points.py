"""Titik layanan: cluster, queue letter, rooms, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ilp_desk.domain.site import ServicePoint
from ilp_desk.services.site import PointForm
from ui.page import Context
from ui.parts.manage.form import Form
from ui.parts.manage.list_and_form import ListAndForm
from ui.rows import Column
from ui.widgets import CheckBox, Combo, Field, KeyButton, LineEdit, TextArea

PUBLIC = "kosong: sama dengan namanya"


class PointsPart(ListAndForm[ServicePoint]):
    code, title, noun = "points", "Titik layanan", "titik layanan"
    empty = ("Belum ada titik layanan.", "Tekan F3 untuk menambah.")

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        self._clusters = {c.code: c for c in sorted(context.desk.reference.clusters, key=lambda c: c.order)}
        columns: tuple[Column[ServicePoint], ...] = (
            Column("Huruf", lambda p: "", 70, chip=lambda p: (p.letter, p.letter if p.active else "neutral")),
            Column("Nama", lambda p: p.name, bold=True, ink=_ink, chip=_chip),
            Column("Klaster", self._cluster, 170, muted=True),
            Column("Ruang", lambda p: ", ".join(p.rooms), 170, muted=True, optional=True),
        )
        clusters = [(code, f"{c.letter} · {c.label}") for code, c in self._clusters.items()]
        form = Form(
            [
                [("name", Field("Nama", LineEdit(placeholder="mis. Poli KIA")), 12)],
                [
                    ("cluster", Field("Klaster", Combo(clusters, placeholder="Pilih")), 8),
                    ("letter", Field("Huruf antrean", LineEdit(max_length=1)), 4),
                ],
                [("rooms", Field("Ruang, satu per baris", TextArea(placeholder="Ruang 2", lines=3)), 12)],
                [("public_name", Field("Nama di layar tunggu dan suara", LineEdit(placeholder=PUBLIC)), 12)],
                [("mixed", CheckBox("Satu antrean untuk beberapa klaster"), 12)],
                [("comes_back", CheckBox("Yang dikirim ke sini biasanya kembali ke pengirim"), 12)],
            ]
        )
        super().__init__(context, columns, form, setup=setup)
        up, down = KeyButton("Naik", "Alt+↑", icon="up", small=True), KeyButton("Turun", "Alt+↓", small=True)
        up.clicked.connect(lambda: self.shift(-1))
        down.clicked.connect(lambda: self.shift(1))
        self.add_to_foot(up, down)
        cluster = form.field("cluster").editor
        if isinstance(cluster, Combo):
            cluster.currentIndexChanged.connect(self._suggest_letter)

    def _cluster(self, point: ServicePoint) -> str:
        cluster = self._clusters.get(point.cluster)
        return cluster.label if cluster else point.cluster

    def _suggest_letter(self) -> None:
        cluster = self._clusters.get(self.form.text("cluster"))
        letter = self.form.field("letter").editor
        if cluster is not None and isinstance(letter, LineEdit) and not letter.text():
            letter.setText(cluster.letter)

    def rows(self) -> Sequence[ServicePoint]:
        found = self.desk.site.points(self.actor)
        if not found and self.setup:
            codes = [point.code for point in self.desk.site.offered_points()]
            self.desk.site.adopt_points(self.actor, codes)
            found = self.desk.site.points(self.actor)
        return found

    def heading_of(self, row: ServicePoint | None) -> str:
        return row.name if row is not None else "Titik layanan baru"

    def fields_of(self, row: ServicePoint | None) -> Mapping[str, object]:
        if row is None:
            empty = {"name": "", "cluster": None, "letter": "", "rooms": "", "public_name": ""}
            return empty | {"mixed": False, "comes_back": False}
        return {
            "name": row.name,
            "cluster": row.cluster,
            "letter": row.letter,
            "rooms": "\n".join(row.rooms),
            "public_name": row.public_name,
            "mixed": row.mixed,
            "comes_back": row.comes_back,
        }

    def keep(self, row: ServicePoint | None, values: Mapping[str, Any]) -> object:
        form = PointForm(
            uid=row.uid if row else "",
            name=values["name"],
            cluster=str(values["cluster"] or ""),
            letter=values["letter"],
            rooms=tuple(values["rooms"].splitlines()),
            public_name=values["public_name"],
            mixed=values["mixed"],
            comes_back=values["comes_back"],
        )
        return self.desk.site.save_point(self.actor, form, row.row_version if row else 0)

    def side_text(self, row: ServicePoint | None) -> str:
        return "" if row is None else "Tidak dipakai lagi" if row.active else "Pakai lagi"

    def side_act(self) -> None:
        row = self.current
        if row is not None:
            self.carry_out(
                lambda: self.desk.site.activate_point(self.actor, row.uid, active=not row.active),
                f"{row.name} {'tidak dipakai lagi' if row.active else 'dipakai lagi'}.",
            )

    def shift(self, by: int) -> None:
        """Alt+up, Alt+down: another place in the order of the screens."""
        row, points = self.view.current_row(), list(self.model.rows)
        if row is None:
            return
        here = points.index(row)
        there = here + by
        if 0 <= there < len(points):
            points[here], points[there] = points[there], points[here]
            uids = [point.uid for point in points]
            self.runner.write(lambda: self.desk.site.order_points(self.actor, uids), lambda _: self.load(), self.say)

    def commit(self, done: Callable[[], None]) -> None:
        """The set-up goes on; what is typed in the form is saved first."""
        if not self.busy_with():
            done()
            return
        row, values = self.current, self.form.values()

        def saved(record: object) -> None:
            self._saved(record)
            done()

        self.runner.write(lambda: self.keep(row, values), saved, self._not_saved)


def _chip(point: ServicePoint) -> tuple[str, str] | None:
    return None if point.active else ("tidak dipakai", "neutral")


def _ink(point: ServicePoint) -> str:
    return "ink" if point.active else "muted"
