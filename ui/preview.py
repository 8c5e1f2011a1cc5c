"""A document before it is printed: its pages one below the other, with buttons to print and to save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QScrollArea, QSizePolicy, QWidget

from ilp_desk.errors import UserError
from ilp_desk.paperwork.common import SUBSTITUTE
from ui.keys import Keys
from ui.pdf_pages import POINTS_PER_INCH, holds, page_image, page_sizes
from ui.runner import Runner
from ui.theme import color, px
from ui.widgets import Banner, Card, Hair, KeyButton, hbox, label, vbox

PREVIEW_SIZE = (860, 2000)
"""Width of the sheet and a height no window reaches: the sheet takes what there is."""
ON_SCREEN_DPI = 96
NARROW = 420


class NotSaved(UserError):
    default = "Berkas tidak dapat disimpan di sana. Pilih folder lain, misalnya Dokumen."


class PageView(QWidget):
    """One page as wide as it is told to be; it asks for its picture (`wanted`) when it is first seen.

    paper: width and height in points.
    """

    wanted = Signal(int, float)

    def __init__(self, number: int, size: QSizeF) -> None:
        super().__init__()
        self._number, self.paper = number, size
        self._picture = QImage()
        self._asked = 0.0
        self.setAccessibleName(f"Halaman {number + 1}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def fit(self, width: int) -> None:
        """Be this wide; the height follows the paper."""
        self.setFixedSize(width, round(width * self.paper.height() / self.paper.width()))

    def show_picture(self, picture: QImage) -> None:
        """The picture that was asked for."""
        self._picture = picture
        self.update()

    def is_drawn(self) -> bool:
        """Whether the page shows its picture."""
        return not self._picture.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        sheet = QRect(0, 0, self.width(), self.height())
        p.fillRect(sheet, color("card"))
        if not self._picture.isNull():
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            p.drawImage(sheet, self._picture)
        p.setPen(QPen(color("line_strong")))
        p.drawRect(sheet.adjusted(0, 0, -1, -1))
        dots = self.width() * self.devicePixelRatioF() / (self.paper.width() / POINTS_PER_INCH)
        if dots != self._asked:
            self._asked = dots
            self.wanted.emit(self._number, dots)


LOST = f"Ada tanda yang tidak dapat dicetak (emoji atau huruf lain); di kertas menjadi {SUBSTITUTE}. Data tetap utuh."


class PreviewPanel(Card):
    """The content of a preview sheet.

    print_wanted, close_wanted: buttons and keys; told(sentence): the file was saved. Errors of saving go to the
    runner's `sentence`. Raises UnreadablePdf at once where the bytes are no PDF.
    """

    print_wanted = Signal()
    close_wanted = Signal()
    told = Signal(str)

    def __init__(self, runner: Runner, title: str, pdf: bytes, file_name: str = "", can_print: bool = True) -> None:
        super().__init__()
        self._runner, self._pdf, self._file_name = runner, pdf, file_name or "dokumen.pdf"
        self.setAccessibleName(title)
        sizes = page_sizes(pdf)
        self.pages = [PageView(n, size) for n, size in enumerate(sizes)]
        for page in self.pages:
            page.wanted.connect(self._draw)
        self._area = self._scrolling()
        self.print_button = KeyButton("Cetak", "Ctrl+P", kind="primary", icon="print")
        if not can_print:
            self.print_button.hide()
        self.save_button = KeyButton("Simpan PDF", "Ctrl+S", icon="save")
        close = KeyButton("Tutup", "Esc")
        count = "1 halaman" if len(sizes) == 1 else f"{len(sizes)} halaman"
        head = hbox(label(title, "title"), None, label(count, "muted"), margins=(22, 14, 22, 10))
        foot = hbox(self.save_button, None, close, self.print_button, margins=(22, 11, 22, 13))
        self.lost = Banner("warning", LOST)
        if not holds(pdf, SUBSTITUTE):
            self.lost.hide()
        column = vbox(head, self.lost, Hair(), self._area, Hair(), foot, spacing=0)
        column.setStretch(3, 1)
        self.setLayout(column)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self.ask_where)
        close.clicked.connect(self.close_wanted)
        self.keys = Keys(self, title)
        if can_print:
            self.keys.bind("Ctrl+P", "cetak", self._print)
        self.keys.bind("Ctrl+S", "simpan PDF", self.ask_where)

    def _scrolling(self) -> QScrollArea:
        column = QWidget()
        column.setProperty("ground", True)
        column.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = vbox(*self.pages, None, spacing=16, margins=(16, 16, 16, 16))
        for page in self.pages:
            box.setAlignment(page, Qt.AlignmentFlag.AlignHCenter)
        column.setLayout(box)
        area = QScrollArea()
        area.setWidget(column)
        area.setWidgetResizable(True)
        area.setAccessibleName("Halaman dokumen")
        # Always on: "as needed" together with pages that follow the width can go round in circles.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def sizeHint(self) -> QSize:
        return QSize(px(PREVIEW_SIZE[0]), px(600))

    def resizeEvent(self, event: object) -> None:
        room = max(px(100), self.width() - px(64))
        for page in self.pages:
            page.fit(min(room, self._natural(page)))

    def _natural(self, page: PageView) -> int:
        """Width on a screen at its real size; small papers (tickets, cards) no smaller than can be read."""
        own = page.paper.width() * ON_SCREEN_DPI / POINTS_PER_INCH
        return px(max(NARROW, own))

    def _draw(self, number: int, dots: float) -> None:
        pdf, page = self._pdf, self.pages[number]
        self._runner.read(
            f"preview.{id(self)}.{number}", lambda: page_image(pdf, number, dots), page.show_picture, quiet=True
        )

    def _print(self) -> None:
        self.print_wanted.emit()
        self.close_wanted.emit()

    def ask_where(self) -> None:
        """Let the user choose a file."""
        dialog = QFileDialog(self, "Simpan PDF", self._file_name, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_as)
        dialog.open()

    def save_as(self, path: str) -> None:
        """Write the file, off the GUI thread."""
        pdf = self._pdf

        def write() -> str:
            try:
                Path(path).write_bytes(pdf)
            except OSError as error:
                raise NotSaved from error
            return Path(path).name

        self._runner.device(write, self._saved)

    def _saved(self, name: str) -> None:
        self.told.emit(f"Tersimpan: {name}")
