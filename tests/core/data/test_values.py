"""What a sample of texts looks like."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from core.data import values

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2068, 12, 31))  # two digits tell the century


@settings(max_examples=400)
@given(st.sampled_from(values.STRPTIME_FORMATS), MOMENTS)
def test_no_format_is_left_out_that_reads_a_text(written: str, moment: datetime) -> None:
    text = moment.strftime(written).strip()
    assert written in values._possible(text)
    spaced = text.replace("/0", "/ ") if "%d" in written else text  # as some write the first days of a month
    assert written in values._possible(spaced)


@given(MOMENTS)
def test_few_formats_are_tried(moment: datetime) -> None:
    assert len(values._possible(moment.strftime("%d.%m.%Y %H:%M"))) < 20


@given(st.lists(MOMENTS, min_size=1, max_size=9), st.sampled_from(("%Y/%m/%d %H:%M:%S", "%d %b %Y", "%Y年%m月%d日")))
def test_times_are_read_as_they_are_written(moments: list[datetime], written: str) -> None:
    texts = [moment.strftime(written) for moment in moments]
    assert values.guess_time_format(texts) == written
    assert values.time_share(texts) == 1.0
