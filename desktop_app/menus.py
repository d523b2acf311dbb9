"""Actions and menus of the window: what they are called, their keys and pictures, and where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop_app import theme
from desktop_app.translation import LANGUAGES
from desktop_app.widgets.edit_menu import EditMenu

if TYPE_CHECKING:
    from desktop_app.app import Desk
    from desktop_app.window import Window

translate = QCoreApplication.translate


def make_actions(window: Window, desk: Desk) -> None:
    """Give the window its named actions, with their keys and pictures."""
    key = QKeySequence.StandardKey
    tip = translate("Window", "Import files of events and catalogues into a new workspace")
    window.action("open-files", translate("Window", "&Open files…"), window.opening.open_files, key.Open, "open", tip)
    tip = translate("Window", "Import a Parquet data set, such as one with a folder a day, into a new workspace")
    window.action(
        "open-folder", translate("Window", "Open fol&der…"), window.opening.open_folder, "Ctrl+Alt+D", tip=tip
    )
    tip = translate("Window", "Import a Parquet data set in an object store or on the web into a new workspace")
    window.action("open-address", translate("Window", "Ope&n address…"), window.opening.open_address, tip=tip)
    tip = translate("Window", "Look around in the data of a made-up shop")
    window.action(
        "open-sample", translate("Window", "Open the &sample"), desk.open_sample, "Ctrl+Shift+O", "sample", tip
    )
    tip = translate("Window", "Open work that was saved before")
    window.action(
        "open-workspace",
        translate("Window", "Open &workspace…"),
        window.opening.open_workspace,
        "Ctrl+Alt+O",
        "workspace",
        tip,
    )
    window.action("import-more", translate("Window", "&Import more files…"), window.opening.import_more, "Ctrl+I")
    tip = translate(
        "Window", "Add what is new in a Parquet data set; files that were imported before are not read again"
    )
    window.action(
        "import-folder",
        translate("Window", "Import &more of a folder…"),
        window.opening.import_folder,
        "Ctrl+Alt+I",
        tip=tip,
    )
    tip = translate("Window", "Import files into the open workspace as they arrive in a folder, until it is closed")
    window.action(
        "watch-folder", translate("Window", "Watc&h a folder…"), window.opening.watch_folder, tip=tip
    ).setCheckable(True)
    window.action("save-as", translate("Window", "Save &as…"), window.opening.save_as, key.SaveAs)
    tip = translate(
        "Window", "Write what can be read of a damaged workspace into a new one; the damaged file stays as it is"
    )
    window.action("rescue", translate("Window", "Resc&ue a workspace…"), window.opening.rescue, tip=tip)
    window.action("export", translate("Window", "&Export recommendations…"), window.export, "Ctrl+E", "export")
    tip = translate("Window", "Write a table of what each user is like: counts, recency, sessions, interests")
    window.action(
        "export-features",
        translate("Window", "Export user &features…"),
        window.export_features,
        "Ctrl+Shift+E",
        tip=tip,
    )
    for kind, text, keys in (
        ("page", translate("Window", "Report of this &page…"), key.Print),
        ("user", translate("Window", "Report of the &user…"), "Ctrl+Shift+P"),
        ("run", translate("Window", "Report of the &training…"), ""),
    ):
        tip = translate("Window", "Save pictures, tables, settings and the fingerprint of the data as HTML or PDF")
        window.action(f"report-{kind}", text, lambda kind=kind: window.report(kind), keys, tip=tip)
    tip = translate("Window", "Find anything that can be done by a few letters")
    window.action("palette", translate("Window", "&Commands…"), window.open_palette, "Ctrl+K", tip=tip)
    window.action("go-to-user", translate("Window", "Go to &user…"), window.go_to_user, "Ctrl+G")
    tip = translate("Window", "Describe users in English or Chinese, and keep those who are found as a segment")
    window.action(
        "find-users", translate("Window", "&Find users in words…"), window.find_users, "Ctrl+Shift+F", tip=tip
    )
    tip = translate("Window", "Describe items in English or Chinese, and go on to whose they are")
    window.action("find-items", translate("Window", "Find &items in words…"), window.find_items, "Ctrl+Alt+F", tip=tip)
    window.action(
        "back",
        translate("Window", "&Back"),
        desk.trail.back,
        "Ctrl+[",
        tip=translate("Window", "Where you were before"),
    )
    tip = translate("Window", "Where you were before you went back")
    window.action("forward", translate("Window", "&Forward"), desk.trail.forward, "Ctrl+]", tip=tip)
    window.action("settings", translate("Window", "Se&ttings…"), window.show_settings, "Ctrl+,", "settings")
    window.action("quit", translate("Window", "&Quit"), window.close, key.Quit)
    window.action("help", translate("Window", "Seqlens &help"), window.show_help, key.HelpContents, "help")
    tip = translate("Window", "Five steps through the sample")
    window.action("tour", translate("Window", "Take the &tour"), desk.take_tour, tip=tip)
    window.action("about", translate("Window", "&About Seqlens"), window.show_about)
    for number, (name, title) in enumerate(page_titles().items(), 1):
        keys = f"Ctrl+{number}" if number < 10 else ""  # Ctrl+0 shows all of a picture
        window.action(f"page-{name}", title, lambda name=name: window.show_page(name), keys, name)


def page_titles() -> dict[str, str]:
    """What each page is called, by its name, in their order."""
    return {
        "data": translate("Window", "Data"),
        "timeline": translate("Window", "Timeline"),
        "segments": translate("Window", "Segments"),
        "flows": translate("Window", "Flows"),
        "map": translate("Window", "Map"),
        "language": translate("Window", "Language models"),
        "training": translate("Window", "Training"),
        "recommendations": translate("Window", "Recommendations"),
        "feedback": translate("Window", "Feedback"),
        "privacy": translate("Window", "Privacy"),
    }


def make_menus(window: Window, desk: Desk) -> tuple[EditMenu, QMenu]:
    """Put the actions into menus; the menu for editing and that of recent work."""
    named = window.actions_by_name
    file = window.menuBar().addMenu(translate("Window", "&File"))
    file.addActions(
        [named[name] for name in ("open-files", "open-folder", "open-address", "open-sample", "open-workspace")]
    )
    recent = file.addMenu(translate("Window", "&Recent"))
    recent.aboutToShow.connect(lambda: _list_recent(recent, desk))
    file.addSeparator()
    file.addActions(
        [named["import-more"], named["import-folder"], named["watch-folder"], named["save-as"], named["rescue"]]
    )
    file.addActions([named["export"], named["export-features"]])
    file.addMenu(translate("Window", "&Report")).addActions(
        [named[f"report-{kind}"] for kind in ("page", "user", "run")]
    )
    file.addSeparator()
    file.addActions([named["settings"], named["quit"]])
    edit = EditMenu(translate("Window", "&Edit"), window)
    window.menuBar().addMenu(edit)
    view = window.menuBar().addMenu(translate("Window", "&View"))
    view.addActions([named[name] for name in ("palette", "go-to-user", "find-users", "find-items", "back", "forward")])
    view.addSeparator()
    view.addActions([named[f"page-{name}"] for name in page_titles()])
    view.addSeparator()
    schemes = {
        "system": translate("Window", "Like the system"),
        "light": translate("Window", "Light"),
        "dark": translate("Window", "Dark"),
    }
    _choices(window, view, translate("Window", "&Theme"), "theme", schemes, theme.scheme(), desk.choose_scheme)
    languages = {"system": translate("Window", "Like the system"), **LANGUAGES}
    chosen = desk.preferences.language
    _choices(window, view, translate("Window", "&Language"), "language", languages, chosen, desk.choose_language)
    assist = window.menuBar().addMenu(translate("Window", "&Help"))
    assist.addActions([named["help"], named["tour"], named["about"]])
    return edit, recent


def _choices(
    window: Window,
    menu: QMenu,
    title: str,
    kind: str,
    choices: dict[str, str],
    chosen: str,
    run: Callable[[str], object],
) -> None:
    inner = menu.addMenu(title)
    group = QActionGroup(window)
    for value, text in choices.items():
        action = window.action(f"{kind}-{value}", text, lambda value=value: run(value))
        action.setCheckable(True)
        action.setChecked(value == chosen)
        group.addAction(action)
        inner.addAction(action)


def _list_recent(recent: QMenu, desk: Desk) -> None:
    recent.clear()
    for path in desk.preferences.recent:
        entry = recent.addAction(f"{path.stem}  –  {path.parent}")
        entry.triggered.connect(lambda _=False, path=path: desk.open_workspace(path))
    recent.addSeparator()
    for paths in desk.preferences.recent_files:
        names = ", ".join(path.name for path in paths)
        entry = recent.addAction(translate("Window", "Import {0}  –  {1}").format(names, paths[0].parent))
        entry.triggered.connect(lambda _=False, paths=paths: desk.open_files(paths, new=True))
    if not (desk.preferences.recent or desk.preferences.recent_files):
        recent.addAction(translate("Window", "Nothing yet")).setEnabled(False)
