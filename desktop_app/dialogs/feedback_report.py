"""What became of each row of a file of feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop_app.widgets.import_report import ImportReportView

if TYPE_CHECKING:
    from core.data.report import ImportReport


class FeedbackReport(QDialog):
    """The report, with a button to close it."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("feedback_report")
        self.setWindowTitle(self.tr("Import of feedback"))
        self.resize(760, 520 if report.rejections else 220)
        view = ImportReportView()
        view.show_report(report)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(view, 1)
        layout.addWidget(buttons)
