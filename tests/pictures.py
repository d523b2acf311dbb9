"""Pictures of every page and dialog: `python -m tests.pictures OUT [--small] [--doubled] [--looks en-light ...]`.

Each in English and Chinese, light and dark, at 1280 × 800 and at 3840 × 2160; with an empty window, with the sample and
with a run trained on it. `--small` makes the English light ones alone, `--doubled` those of a screen of 3840 × 2160 at
200 %, `--looks` those of the named looks, such as zh_CN-dark-4k, as all take long.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from core.progress import Progress
from desktop_app import app

if TYPE_CHECKING:
    from core.runs import Run
    from core.workspace import Workspace

LANGUAGES, SCHEMES = ("en", "zh_CN"), ("light", "dark")
SIZES = {"": (1280, 800), "-4k": (3840, 2160), "-doubled": (1920, 1080)}
PAGES = (
    *("data", "timeline", "segments", "flows", "map", "language", "training"),
    *("recommendations", "feedback", "privacy"),
)
SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"


def live(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Let the window work for so long, or until something is so."""
    loop = QEventLoop()
    end = time.monotonic() + seconds
    watch = QTimer(interval=30)
    watch.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > end else None)
    watch.start()
    loop.exec()


def prepare(folder: Path) -> Path:
    """A workspace with the sample, a run that is done and one that was stopped."""
    from core import workflow
    from core.analysis.conditions import Amount, AnyOf, EventCount, LastSeen, NoneOf, Segment
    from core.data.settings import ImportSettings
    from core.fitting import TrainSettings
    from core.workspace import Workspace

    path = folder / "示例 sample shop.seqlens"
    with Workspace.create(path) as workspace:
        files = ImportSettings(files=(SAMPLE / "events.csv.gz",), items_files=(SAMPLE / "items.csv",))
        workflow.import_files(workspace, files, Progress())
        small: dict[str, dict[str, object]] = {"transformer": {"epochs": 4}}
        workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        run = workflow.train(workspace, TrainSettings(model="hybrid", options=small), Progress())
        say(workspace, run.id)
        either = AnyOf((EventCount("favourite", low=2), Amount("price", "mean", low=20.0)))
        wanted = Segment((EventCount("purchase", low=3), either, NoneOf((LastSeen(low=30.0, high=None),))))
        workspace.saved.put("segment", "Loyal buyers 忠实买家", wanted.to_dict())
        never = Segment((EventCount("purchase", low=None, high=0),))
        workspace.saved.put("segment", "Never bought", never.to_dict())
    return path


def say(workspace: Workspace, run: str) -> None:
    """A thumb up and a thumb down for each of a few users."""
    from core import listing
    from core.recommend.feedback import Entry

    for user in range(12):
        made = listing.recommend(workspace, user, Progress())
        entries = [
            Entry(
                user=workspace.users().ids[user].as_py(),
                item=workspace.catalogue().ids[int(made.items[place])].as_py(),
                verdict=verdict,
                note=note,
                time=1_780_000_000_000_000 + user * 3_600_000_000,
                run=run,
                rank=place + 1,
                score=float(made.scores[place]),
            )
            for place, verdict, note in ((user % 4, "up", ""), (6, "down", "已经买过类似的 had one already"))
        ]
        workspace.feedback.put(entries)


class Photographer:
    """Takes pictures of one application in one language and scheme."""

    def __init__(self, out: Path, language: str, scheme: str, suffix: str) -> None:
        QSettings().setValue("language", language)
        QSettings().setValue("scheme", scheme)
        QSettings().setValue("page", "data")
        QSettings().remove("geometry")
        QSettings().remove("recent")
        self._out, self._name = out, f"{language}-{scheme}{suffix}"
        self.desk = app.Desk()
        self.desk.window.resize(*SIZES[suffix])
        self.desk.show()
        live(0.3)

    def take(self, subject: str, widget: QWidget | None = None) -> None:
        path = self._out / f"{subject}-{self._name}.png"
        (widget or self.desk.window).grab().save(str(path))
        print(path, flush=True)

    def settle(self) -> None:
        """Let the page be made, every question be answered, those that come from answers as well, and be laid out."""
        stack, page = self.desk.window.stack, self.desk.preferences.page
        if self.desk.state.workspace is not None:
            live(60, lambda: stack.currentWidget() is stack.made.get(page) is not None)
        for _ in range(3):
            live(0.3)
            live(60, lambda: not self.desk.background.asking)
        live(0.3)

    def pages(self, workspace: Path) -> None:
        """The start page, then every page with the sample."""
        self.take("start")
        self.empty(workspace.with_name("empty.seqlens"))
        desk = self.desk
        self.open(workspace)
        desk.state.select_user(3)
        for name in PAGES:
            desk.window.show_page(name)
            self.settle()
            if name == "timeline":
                desk.state.select_event(5)
                live(0.5)
            self.take(name)
            if name == "timeline":
                self.timeline()
            if name == "flows":
                self.tabs()
            if name == "map":
                self.lasso()
            if name == "recommendations":
                self.evidence()
                self.policy()
                self.what_if()
                self.conversation()

    def open(self, workspace: Path) -> None:
        self.desk.open_workspace(workspace)
        live(20, lambda: self.desk.state.workspace is not None and self.desk.state.workspace.path == workspace)

    def empty(self, path: Path) -> None:
        """Every page of a workspace with nothing in it, which says what to do next."""
        from core.workspace import Workspace

        Workspace.create(path).close()
        self.open(path)
        for name in PAGES:
            self.desk.window.show_page(name)
            self.settle()
            self.take(f"empty-{name}")

    def timeline(self) -> None:
        """The timeline with a replay, and then with filters, skipped time, other colours and a second user."""
        from desktop_app.pages.timeline import TimelinePage

        page = self.desk.window.stack.currentWidget()
        assert isinstance(page, TimelinePage)
        for subject, actions in (
            ("timeline-replay", ("timeline.replay",)),
            (
                "timeline-view",
                ("timeline.replay", "timeline.skip", "timeline.arcs", "colour.category", "timeline.filter"),
            ),
            ("timeline-compare", ("timeline.filter", "colour.behaviour", "compare.add")),
        ):
            for name in actions:
                action = page.findChild(QAction, name)
                assert action is not None
                action.trigger()
            if subject == "timeline-compare":
                self.desk.state.select_user(7)
            self.settle()
            self.take(subject)
        page.compare.remove_all()
        self.desk.state.select_user(3)

    def lasso(self) -> None:
        """The map with a group that is picked, as with a lasso, by the ranks of what came next, and items by price."""
        from desktop_app.pages.map import MapPage

        page = self.desk.window.stack.currentWidget()
        assert isinstance(page, MapPage)
        page.side.groups.list.selectRow(1)
        page.side._pick_group(1)
        self.settle()
        self.take("map-lasso")
        page.side.lasso.clear_action.trigger()
        page.side.colours.choice.setCurrentIndex(page.side.colours.choice.findData("rank"))
        self.settle()
        self.take("map-rank")
        page.of.setCurrentIndex(1)
        self.settle()
        page.side.colours.choice.setCurrentIndex(page.side.colours.choice.findData("price"))
        self.settle()
        self.take("map-items")
        page.of.setCurrentIndex(0)
        self.settle()

    def evidence(self) -> None:
        """What else speaks for an item, which is scrolled to."""
        from PySide6.QtWidgets import QScrollArea

        from desktop_app.pages.recommendations import RecommendationsPage

        page = self.desk.window.stack.currentWidget()
        assert isinstance(page, RecommendationsPage)
        area = page.breakdown.findChild(QScrollArea)
        assert isinstance(area, QScrollArea)
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
        self.settle()
        self.take("recommendations-why")
        area.verticalScrollBar().setValue(0)

    def what_if(self) -> None:
        """The list of a history of which two events are taken away."""
        from desktop_app.pages.recommendations import RecommendationsPage

        page = self.desk.window.stack.currentWidget()
        assert isinstance(page, RecommendationsPage)
        page.what_if.action.trigger()
        self.settle()
        for event in (43, 41):
            page.what_if.panel.select_event(event)
            page.what_if.panel.remove_action.trigger()
            self.settle()
        self.take("recommendations-what-if")
        page.what_if.action.trigger()
        self.settle()

    def tabs(self) -> None:
        """Every other tab of the flows, with the users behind a figure."""
        from desktop_app.pages.flows import FlowsPage

        page = self.desk.window.stack.currentWidget()
        assert isinstance(page, FlowsPage)
        for place in range(1, page.tabs.count()):
            page.tabs.setCurrentIndex(place)
            self.settle()
            page.tab.table.setCurrentIndex(page.tab.table.model().index(1, 2))
            self.settle()
            self.take(f"flows-{page.tab.flow}")

    def conversation(self) -> None:
        """The list beside a conversation of which not all was understood."""
        from desktop_app.pages.recommendations import RecommendationsPage

        page = self.desk.window.stack.currentWidget()
        assert isinstance(page, RecommendationsPage)
        page.talk.action.trigger()
        panel = page.talk.panel
        for text in (
            "Less kitchen, under 80, at most two of each category, no more Kestrel",
            "多一点美妆，便宜一点",
            "what is the meaning of 42?",
        ):
            turns = len(panel.conversation.turns)
            panel.entry.setText(text)
            panel.entry.returnPressed.emit()
            live(30, lambda turns=turns: len(panel.conversation.turns) > turns)
            self.settle()
        self.take("recommendations-talk")
        panel.reset_action.trigger()
        page.talk.action.trigger()
        self.settle()

    def policy(self) -> None:
        """The panel that ranks for a purpose, with a target and what the policy costs."""
        from core.recommend.policy import Policy
        from desktop_app.pages.recommendations import RecommendationsPage

        page = self.desk.window.stack.currentWidget()
        assert isinstance(page, RecommendationsPage)
        page.purposes.action.trigger()
        self.settle()
        page.purposes.panel.show_policy(Policy(target="purchase", diversity=0.3, tastes=0.2, most=4))
        page.purposes.panel.changed.emit()
        page.purposes.panel.measure_action.trigger()
        live(60, lambda: self.desk.background.job is None)
        self.settle()
        self.take("recommendations-purpose")
        page.purposes.action.trigger()

    def dialogs(self) -> None:
        """Every dialog over the open sample."""
        from desktop_app.dialogs.about import AboutDialog
        from desktop_app.dialogs.export import ExportDialog
        from desktop_app.dialogs.help import HelpDialog
        from desktop_app.dialogs.import_files import ImportDialog
        from desktop_app.dialogs.settings import SettingsDialog

        desk, window = self.desk, self.desk.window
        assert desk.state.workspace is not None
        run = desk.state.workspace.active_run()
        assert run is not None
        paths = [SAMPLE / "events.csv.gz", SAMPLE / "items.csv"]
        makers: dict[str, Callable[[], QDialog]] = {
            "about": lambda: AboutDialog(window),
            "help": lambda: HelpDialog(window),
            "settings": lambda: SettingsDialog(desk, window),
            "palette": window.open_palette,
            "export": lambda: ExportDialog(desk.state, desk.background, run, parent=window),
            "import": lambda: ImportDialog(paths, desk.state, desk.background, window, folder=desk.folder()),
        }
        for name, make in makers.items():
            dialog = make()
            dialog.show()
            self.settle()
            self.take(name, dialog)
            dialog.close()
        self.find_users()
        self.find_items()
        self.not_listed()
        self.comparison()
        self.overview(run)
        self.tour()

    def find_users(self) -> None:
        """Users found by a line of words."""
        from desktop_app.dialogs.find_users import FindUsers

        dialog = FindUsers(self.desk.state, self.desk.background, self.desk.window)
        dialog.show()
        dialog.entry.setText("bought at least 3 times, active on weekends, mostly Pets 周末活跃")
        dialog.ask()
        self.settle()
        self.take("find-users", dialog)
        dialog.close()

    def find_items(self) -> None:
        """Items found by a line of words."""
        from desktop_app.dialogs.find_items import FindItems

        dialog = FindItems(self.desk.state, self.desk.background, self.desk.window)
        dialog.show()
        dialog.entry.setText("cheap running shoes, nothing from Strider, 便宜一点")
        dialog.ask()
        self.settle()
        self.take("find-items", dialog)
        dialog.close()

    def not_listed(self) -> None:
        """Why an item is not in the list: before one is named, and for one that the user has."""
        from desktop_app.dialogs.not_listed import NotListed
        from desktop_app.pages.recommendations import RecommendationsPage

        desk = self.desk
        desk.window.show_page("recommendations")
        self.settle()
        page = desk.window.stack.page("recommendations")
        assert isinstance(page, RecommendationsPage)
        assert desk.state.workspace is not None
        page.missing.action.trigger()
        dialog = page.findChild(NotListed) or desk.window.findChild(NotListed)
        assert isinstance(dialog, NotListed)
        self.settle()
        self.take("not-listed-asked", dialog)
        for name, item in (
            ("had", int(desk.state.workspace.user_events(desk.state.user).item[0])),
            ("lower", desk.state.workspace.counts().items - 1),
        ):
            dialog.search.chosen.emit(item)
            self.settle()
            self.take(f"not-listed-{name}", dialog)
        dialog.close()

    def comparison(self) -> None:
        """Two runs side by side, each tab."""
        from desktop_app.pages.training import TrainingPage
        from desktop_app.widgets.run_comparison import RunComparison

        window = self.desk.window
        window.show_page("training")
        self.settle()
        page = window.stack.currentWidget()
        assert isinstance(page, TrainingPage)
        page.table.selectAll()
        page.compare_action.trigger()
        live(0.5)
        dialog = page.findChild(RunComparison)
        assert isinstance(dialog, RunComparison)
        live(120, lambda: dialog.report_action.isEnabled())
        for place in range(dialog.tabs.count()):
            dialog.tabs.setCurrentIndex(place)
            self.settle()
            self.take(f"comparison-{place + 1}", dialog)
        dialog.close()

    def tour(self) -> None:
        """The five steps of the tour."""
        window = self.desk.window
        window.actions_by_name["tour"].trigger()
        live(120, lambda: window.tour is not None)  # once the sample has been imported
        for step in range(1, 6):
            self.settle()
            self.take(f"tour-{step}")
            assert window.tour is not None
            window.tour.callout.next_button.click()
        self.settle()

    def overview(self, run: Run) -> None:
        """What matters to a run: while it is measured, and each tab after that."""
        from desktop_app.dialogs.run_overview import RunOverview

        desk = self.desk
        assert desk.state.workspace is not None
        dialog = RunOverview(desk.state.workspace, run, desk.background, desk.window)
        dialog.show()
        live(1)
        self.take("overview-measuring", dialog)
        live(600, lambda: desk.background.job is None)
        for place in range(dialog.tabs.count()):
            dialog.tabs.setCurrentIndex(place)
            self.settle()
            self.take(f"overview-{place + 1}", dialog)
        dialog.close()

    def close(self) -> None:
        self.desk.leaving = True
        self.desk.window.close()
        live(0.2)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--small", action="store_true", help="English and light alone")
    parser.add_argument("--doubled", action="store_true", help="at 200 %%")
    parser.add_argument("--looks", nargs="+", default=(), help="some alone, such as en-light or zh_CN-dark")
    arguments = parser.parse_args()
    suffixes = ("-doubled",) if arguments.doubled else ("", "-4k")
    looks = {"-".join(look[:2]) + look[2]: look for look in itertools.product(LANGUAGES, SCHEMES, suffixes)}
    chosen = arguments.looks or list(looks)[: 1 if arguments.small else None]
    if unknown := set(chosen) - set(looks):
        parser.error(f"no look {', '.join(sorted(unknown))}; there are {', '.join(looks)}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.doubled:
        os.environ["QT_SCALE_FACTOR"] = "2"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Seqlens")
    application.setOrganizationName("Seqlens")
    application.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
        workspace = prepare(folder)
        for look in chosen:
            language, scheme, suffix = looks[look]
            own = workspace.with_name(f"{workspace.stem} {look}") / workspace.name
            own.parent.mkdir()
            shutil.copy(workspace, own)  # so that what one look leaves chosen is not in the next one's pictures
            app._sample_path = lambda own=own: own.with_name("sample.seqlens")  # not that of who works here
            photographer = Photographer(arguments.out, language, scheme, suffix)
            photographer.pages(own)
            photographer.dialogs()
            photographer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
