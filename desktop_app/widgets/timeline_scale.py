"""The horizontal axis of the timeline: what part is in view, and where its ticks stand."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from PySide6.QtCore import QCoreApplication, QDate, QLocale

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_EPOCH = datetime(1970, 1, 1)  # all times are UTC

_TIME_STEPS = (
    *(count * 1_000 for count in (1, 2, 5, 10, 20, 50, 100, 200, 500)),
    *(count * SECOND for count in (1, 2, 5, 10, 15, 30)),
    *(count * MINUTE for count in (1, 2, 5, 10, 15, 30)),
    *(count * HOUR for count in (1, 2, 3, 6, 12)),
    *(count * DAY for count in (1, 2, 7, 14)),
)
_MONTH_STEPS = (1, 2, 3, 6)


@dataclass(frozen=True)
class View:
    """The part of the axis that is in view, in microseconds or, without times, in steps of the sequence."""

    start: float
    span: float

    @property
    def end(self) -> float:
        return self.start + self.span

    def zoomed(self, factor: float, at: float) -> View:
        """The view magnified `factor` times around the point `at`, which stays where it is on the screen."""
        span = self.span / factor
        return View(at - (at - self.start) / factor, span)

    def moved(self, by: float) -> View:
        return replace(self, start=self.start + by)

    def within(self, bounds: View, least: float) -> View:
        """The nearest view that is inside `bounds` and no narrower than `least`."""
        span = max(self.span, least)
        if span >= bounds.span:
            return bounds
        if span != self.span:  # keep the middle
            return View(self.start + (self.span - span) / 2, span).within(bounds, least)
        return View(min(max(self.start, bounds.start), bounds.end - span), span)

    def showing(self, point: float) -> View:
        """This view if `point` is in it and not cut by an edge, or else moved so that the point is well inside."""
        margin, edge = self.span * 0.08, self.span * 0.015
        if point < self.start + edge:
            return replace(self, start=point - margin)
        if point > self.end - edge:
            return replace(self, start=point + margin - self.span)
        return self


@dataclass(frozen=True)
class Ticks:
    """Ticks of an axis: fine ones with their labels, and the coarser periods (day, month, year) that hold them.

    `period` has the start of each period in view; the first may lie left of the view.
    """

    at: list[float]
    labels: list[str]
    period: list[float]
    period_labels: list[str]


def ticks(view: View, width: float, timed: bool, spacing: float = 84) -> Ticks:
    """Ticks at round values that stand at least `spacing` pixels apart on an axis of `width` pixels."""
    least = view.span / max(width, 1) * spacing
    if not timed:
        step = _round_step(max(least, 1))
        number = np.arange(max(0, math.ceil((view.start + 1) / step)) * step, view.end + 1, step)
        number = np.maximum(number, 1)  # people count from 1: ticks at 1, 20, 40
        return Ticks((number - 1).tolist(), [QLocale().toString(int(value)) for value in number], [], [])
    step = next((step for step in _TIME_STEPS if step >= least), 0)
    if step and step >= DAY * 7:
        at = list(np.arange(math.ceil((view.start - 4 * DAY) / step) * step + 4 * DAY, view.end, step))  # Mondays
    elif step:
        at = list(np.arange(math.ceil(view.start / step) * step, view.end, step))
    else:
        at = _month_ticks(view, least)
    unit = "h" if step and step < DAY else "D" if step else "M"
    period = _periods(view, {"h": "D", "D": "M", "M": "Y"}[unit])
    labels = [_label(value, unit, step) for value in at]
    if unit == "M" and all(moment(value).month == 1 for value in at):
        return Ticks(at, [period_label(value, "Y") for value in at], [], [])
    return Ticks(at, labels, period, [period_label(value, {"h": "D", "D": "M", "M": "Y"}[unit]) for value in period])


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least * (1 - 1e-9))


def _month_ticks(view: View, least: float) -> list[float]:
    months = least / (30.44 * DAY)
    step = next((step for step in _MONTH_STEPS if step >= months), 0) or 12 * int(_round_step(max(1, months / 12)))
    return [value for value in _calendar(view, "M", step) if value >= view.start]


def _periods(view: View, unit: str) -> list[float]:
    return _calendar(view, unit, 1)


def _calendar(view: View, unit: str, step: int) -> list[float]:
    """Starts of every `step`-th unit (Y, M or D) in view, and of the one that is on when it begins."""
    first = int(np.datetime64(int(view.start), "us").astype(f"M8[{unit}]").astype(np.int64)) // step * step
    last = int(np.datetime64(int(view.end), "us").astype(f"M8[{unit}]").astype(np.int64))
    starts = np.arange(first, last + 1, step).astype(f"M8[{unit}]").astype("M8[us]").astype(np.int64)
    return [float(start) for start in starts]


def moment(time: float) -> datetime:
    """The UTC date and time of microseconds since 1970, clipped to what a calendar has."""
    try:
        return _EPOCH + timedelta(microseconds=int(time))
    except OverflowError:
        return datetime.max if time > 0 else datetime.min


def inner_step(least: float) -> float:
    """The smallest round step of a day or less that is at least so long; 0 where there is none."""
    return next((step for step in _TIME_STEPS if least <= step <= DAY), 0)


def _label(time: float, unit: str, step: float) -> str:
    if unit == "M":
        return QLocale().standaloneMonthName(moment(time).month, QLocale.FormatType.ShortFormat)
    return day_label(time) if unit == "D" else clock_label(time, step)


def day_label(time: float) -> str:
    """The day of a moment, without its year."""
    at = moment(time)
    return QLocale().toString(QDate(at.year, at.month, at.day), QCoreApplication.translate("dates", "d MMM"))


def clock_label(time: float, step: float) -> str:
    """The time of day of a moment, as fine as ticks with this step need it."""
    at = moment(time)
    if 0 < step < SECOND:
        return f"{at:%H:%M:%S}.{at.microsecond // 1000:03d}"
    return f"{at:%H:%M:%S}" if 0 < step < MINUTE else f"{at:%H:%M}"


def period_label(time: float, unit: str) -> str:
    """The day (D), month (M) or year (Y) of a moment."""
    at = moment(time)
    # Patterns of dates are translated like sentences: Chinese writes `yyyy年M月d日`.
    if unit == "Y":
        pattern = QCoreApplication.translate("dates", "yyyy")
    elif unit == "M":
        pattern = QCoreApplication.translate("dates", "MMMM yyyy")
    else:
        pattern = QCoreApplication.translate("dates", "ddd d MMMM yyyy")
    return QLocale().toString(QDate(at.year, at.month, at.day), pattern)


def show_time(time: int, timed: bool) -> str:
    """The time of an event as text to the second, UTC; or the number of the event in its sequence, from 1."""
    return f"{moment(time):%Y-%m-%d %H:%M:%S}" if timed else str(time + 1)


def show_duration(microseconds: int, units: int = 2) -> str:
    """A duration in its one or two largest units, as `3 d 4 h`."""
    if 0 < microseconds < SECOND:
        return _unit("ms", max(1, round(microseconds / 1000)))
    rest, parts = round(microseconds / SECOND), []
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        if rest >= size:
            parts.append(_unit(unit, rest // size))
            rest %= size
        elif parts:
            break  # 3 d 20 s is 3 d
    return " ".join(parts[:units]) or _unit("s", 0)


def _unit(unit: str, number: int) -> str:
    texts = {
        "d": QCoreApplication.translate("durations", "{0} d"),
        "h": QCoreApplication.translate("durations", "{0} h"),
        "min": QCoreApplication.translate("durations", "{0} min"),
        "s": QCoreApplication.translate("durations", "{0} s"),
        "ms": QCoreApplication.translate("durations", "{0} ms"),
    }
    return texts[unit].format(QLocale().toString(number))
