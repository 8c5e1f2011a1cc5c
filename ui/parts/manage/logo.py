"""A logo of the letterhead: chosen from a file, shown, taken away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from ilp_desk.errors import InvalidInput, UserError
from ui.paint import CENTER, draw_panel, draw_text
from ui.runner import Runner
from ui.theme import px, tokens
from ui.widgets import KeyButton, hbox, label, vbox

SIDE = 92
MOST_PIXELS = 600
LARGEST_FILE = 20_000_000


def read_picture(file: Path, field: str) -> bytes:
    """A picture file as PNG of at most 600 pixels a side. Raises InvalidInput with what to do."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise InvalidInput(field, "Berkas gambar lebih dari 20 MB. Kecilkan dulu, lalu pilih lagi.")
        data = QByteArray(file.read_bytes())
    except OSError as trouble:
        raise InvalidInput(field, "Berkas gambar tidak dapat dibaca. Pilih berkas lain.") from trouble
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    known = bytes(reader.format().data()) in (b"png", b"jpeg")
    image = reader.read()
    if image.isNull() or not known:
        raise InvalidInput(field, "Ini bukan gambar PNG atau JPEG. Pilih berkas lain.")
    if max(image.width(), image.height()) > MOST_PIXELS:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(MOST_PIXELS, MOST_PIXELS, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(out, QByteArray(b"png")).write(image):
        raise InvalidInput(field, "Gambar ini tidak dapat dipakai. Simpan dulu sebagai PNG, lalu pilih lagi.")
    return bytes(out.data().data())


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(SIDE), px(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        draw_panel(p, self.rect(), "card", "line", tokens().radius_field)
        if self.image.isNull():
            draw_text(p, QRectF(self.rect()), "Belum ada", tokens().label, ink="muted", align=CENTER)
            return
        inner = QSize(self.width() - px(12), self.height() - px(12))
        shown = self.image.size().scaled(inner, Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(0, 0, shown.width(), shown.height())
        box.moveCenter(QRectF(self.rect()).center())
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        p.drawImage(box, self.image)


class Logo(QWidget):
    """`value()` gives PNG or JPEG bytes or None. `changed` after an act of the user; `refused` carries a sentence."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, title: str, field: str, runner: Runner) -> None:
        super().__init__()
        self._title, self._field, self._runner = title, field, runner
        self._data: bytes | None = None
        self.picture = _Picture()
        self.picture.setAccessibleName(title)
        self.pick = KeyButton("Pilih gambar", icon="upload", small=True)
        self.away = KeyButton("Hapus", small=True)
        self.pick.setAccessibleName(f"{title}: pilih gambar")
        self.away.setAccessibleName(f"{title}: hapus")
        self.pick.clicked.connect(self._choose)
        self.away.clicked.connect(lambda: self._take(None))
        buttons = vbox(label(title, "strong"), label("PNG atau JPEG", "small"), None, self.pick, self.away, spacing=4)
        row = hbox(self.picture, buttons, spacing=12)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.set_value(None)

    def value(self) -> bytes | None:
        return self._data

    def set_value(self, data: object) -> None:
        """Show a picture; None: none."""
        self._data = data if isinstance(data, bytes) else None
        self.picture.image = QImage.fromData(self._data) if self._data else QImage()
        self.picture.update()
        self.away.setEnabled(self._data is not None)

    def load(self, file: Path) -> None:
        """Read a picture file off the GUI thread and take it."""
        name = f"logo.{self._field}"
        self._runner.read(name, lambda: read_picture(file, self._field), self._take, self._refuse)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.window(), self._title, "", "Gambar (*.png *.jpg *.jpeg)")
        if name:
            self.load(Path(name))

    def _take(self, data: bytes | None) -> None:
        self.set_value(data)
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.refused.emit(error.sentence)
