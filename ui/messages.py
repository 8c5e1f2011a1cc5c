"""Indonesian words for the texts Qt brings along: standard buttons, context menus, a few dialogs.

Our own texts are Indonesian in the source; only Qt's are English and pass through a translator.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

WORDS: dict[str, str] = {
    "Unknown error": "Kesalahan tidak dikenal",
    # Standard buttons
    "OK": "Baik",
    "&OK": "&Baik",
    "Cancel": "Batal",
    "&Cancel": "&Batal",
    "Close": "Tutup",
    "&Close": "&Tutup",
    "&Yes": "&Ya",
    "Yes": "Ya",
    "&No": "&Tidak",
    "No": "Tidak",
    "Yes to &All": "Ya &semua",
    "N&o to All": "T&idak semua",
    "Save": "Simpan",
    "&Save": "&Simpan",
    "Save All": "Simpan semua",
    "Open": "Buka",
    "&Open": "&Buka",
    "Apply": "Terapkan",
    "Reset": "Kembalikan",
    "Restore Defaults": "Kembalikan bawaan",
    "Discard": "Buang",
    "Don't Save": "Jangan simpan",
    "Abort": "Hentikan",
    "Retry": "Coba lagi",
    "Ignore": "Abaikan",
    "Help": "Bantuan",
    "Show Details...": "Tampilkan rincian...",
    "Hide Details...": "Sembunyikan rincian...",
    # Context menus of text fields
    "&Undo": "&Urungkan",
    "&Redo": "U&langi",
    "Cu&t": "&Potong",
    "&Copy": "&Salin",
    "Copy": "Salin",
    "&Paste": "&Tempel",
    "Delete": "Hapus",
    "Select All": "Pilih semua",
    "Insert Unicode control character": "Sisipkan tanda kendali Unicode",
    "Copy &Link Location": "Salin a&lamat tautan",
    # Scroll bars
    "Scroll here": "Gulir ke sini",
    "Top": "Paling atas",
    "Bottom": "Paling bawah",
    "Left edge": "Tepi kiri",
    "Right edge": "Tepi kanan",
    "Page up": "Halaman ke atas",
    "Page down": "Halaman ke bawah",
    "Page left": "Halaman ke kiri",
    "Page right": "Halaman ke kanan",
    "Scroll up": "Gulir ke atas",
    "Scroll down": "Gulir ke bawah",
    "Scroll left": "Gulir ke kiri",
    "Scroll right": "Gulir ke kanan",
    # What a screen reader says about a control
    "Press": "Tekan",
    "Toggle": "Ganti",
    "Check": "Centang",
    "Uncheck": "Hapus centang",
    "Show Menu": "Tampilkan menu",
    "SetFocus": "Pindah ke sini",
    "Increase": "Naikkan",
    "Decrease": "Turunkan",
    "Triggers the action": "Menjalankan perintah",
    "Toggles the state": "Mengganti keadaan",
    # File dialog, where the system brings none of its own
    "Look in:": "Lihat di:",
    "File &name:": "&Nama berkas:",
    "Files of type:": "Jenis berkas:",
    "Directory:": "Folder:",
    "&Choose": "&Pilih",
    "Back": "Kembali",
    "Forward": "Maju",
    "Parent Directory": "Folder di atas",
    "Create New Folder": "Buat folder baru",
    "Create a New Folder": "Buat folder baru",
    "List View": "Daftar",
    "Detail View": "Rincian",
    "Go back": "Kembali",
    "Go forward": "Maju",
    "Go to the parent directory": "Ke folder di atas",
    "Change to list view mode": "Tampilkan sebagai daftar",
    "Change to detail view mode": "Tampilkan dengan rincian",
    "Find Directory": "Cari folder",
    "Show ": "Tampilkan ",
    "New Folder": "Folder baru",
    "&New Folder": "Folder &baru",
    "&Rename": "&Ganti nama",
    "&Delete": "&Hapus",
    "Show &hidden files": "Tampilkan berkas &tersembunyi",
    "All files (*)": "Semua berkas (*)",
    "All Files (*)": "Semua berkas (*)",
    "Computer": "Komputer",
    "My Computer": "Komputer",
    "Name": "Nama",
    "Size": "Ukuran",
    "Kind": "Jenis",
    "Type": "Jenis",
    "Date Modified": "Diubah",
    "Drive": "Penyimpanan",
    "Folder": "Folder",
    "File": "Berkas",
    "%1 already exists.\nDo you want to replace it?": "%1 sudah ada.\nGanti dengan yang baru?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nBerkas tidak ditemukan.\nPeriksa nama berkasnya."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nFolder tidak ditemukan.\nPeriksa nama foldernya."
    ),
}

# Asked for by Qt, rightly the same in Indonesian: names of keys and marks of its own.
SAME = frozenset({"Ctrl", "Alt", "Shift", "Meta", "+", "QT_LAYOUT_DIRECTION"})

# What these say goes into errors for the log, not onto a screen.
LOGGED = frozenset({"QLibrary", "QFactoryLoader", "QImageReader", "QImageWriter", "QIODevice", "QFile", "QProcess"})


class Indonesian(QTranslator):
    """Answers Qt's requests from WORDS; None for what is unknown, because an empty text would give blank buttons.

    `unknown` collects (context, text) pairs that had no word: each is an English word on some screen.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unknown: set[tuple[str, str]] = set()

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        word = WORDS.get(sourceText)
        if word is None and sourceText not in SAME and context not in LOGGED:
            self.unknown.add((context, sourceText))
        return word

    def isEmpty(self) -> bool:
        return False


def install(app: QCoreApplication) -> Indonesian:
    """Install the words and the Indonesian locale before the first window; keep what is returned as long as the app."""
    QLocale.setDefault(QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia))
    translator = Indonesian()
    app.installTranslator(translator)
    return translator
