"""The documentation in `resources/docs`, in the language of the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextTable
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "docs"


class HelpDialog(QDialog):
    """Chapters at the left, the chosen one at the right; links between chapters work, others open in the browser."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setWindowTitle(self.tr("Seqlens help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 640)
        language = "zh_CN" if QLocale().language() == QLocale.Language.Chinese else "en"
        self.chapters = QListWidget()
        self.chapters.setObjectName("navigation")
        self.chapters.setAccessibleName(self.tr("Chapters"))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("Text of the chapter"))
        self.text.document().setDocumentMargin(16)
        self.text.anchorClicked.connect(self._follow)
        for path in sorted((FOLDER / language).glob("*.md"), key=lambda path: int(path.name.partition("-")[0])):
            title = path.read_text("utf-8").splitlines()[0].lstrip("# ")
            entry = QListWidgetItem(title)
            entry.setData(Qt.ItemDataRole.UserRole, path)
            self.chapters.addItem(entry)
        self.chapters.ensurePolished()  # or rows are laid out without the padding of the theme
        self.chapters.setFixedWidth(self.chapters.sizeHintForColumn(0) + 40)
        self.chapters.currentItemChanged.connect(self._show)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setStyleSheet("QTextBrowser { border: 0; border-radius: 0; }")  # the chapters' edge parts the two
        layout.addWidget(self.chapters)
        layout.addWidget(self.text, 1)
        self.chapters.setCurrentRow(0)

    def _show(self, entry: QListWidgetItem | None) -> None:
        if entry is not None:
            self.text.setMarkdown(entry.data(Qt.ItemDataRole.UserRole).read_text("utf-8"))
            self._space_out()

    def _space_out(self) -> None:
        """Give lines, paragraphs and tables the room that Markdown cannot ask for."""
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        lines = QTextBlockFormat()
        lines.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(lines)
        for frame in self.text.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                table = frame.format()
                table.setTopMargin(12)
                table.setCellPadding(6)
                table.setBorder(0)
                frame.setFormat(table)
                self._stand_in_line(frame)

    @staticmethod
    def _stand_in_line(table: QTextTable) -> None:
        """Let Latin and Chinese cells of a row, whose letters are not of one height, stand at one line."""
        for row in range(table.rows()):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                form = cell.format().toTableCellFormat()
                form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
                cell.setFormat(form)

    def _follow(self, link: QUrl) -> None:
        for row in range(self.chapters.count()):
            if self.chapters.item(row).data(Qt.ItemDataRole.UserRole).name == link.path():
                self.chapters.setCurrentRow(row)
                return
        QDesktopServices.openUrl(link)
