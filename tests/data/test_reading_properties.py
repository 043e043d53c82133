"""However a file is spoilt, the night is refused in one sentence or every row is accounted for; never anything else."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import NightRefused
from data.settings import Settings
from tests.data.small_night import SMALL, Reading, small
from tests.deep import examples
from tests.support.extracts import write_extracts

pytestmark = pytest.mark.slow

STRAY = [
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xc3\xa9",
    b"{",
    b"-1",
    b"'",
    b" ",
    b"\xef\xbb\xbf",
    b"\x01",
    b"2026-02-30",
]
RECORDS = small(
    ssd_permanence=[{"perm_person_id": "L1", "perm_placement_order_date": "2026-01-01"}],
    local_case_notes=[
        {"person_id": "001", "note_type": "SUPERVISION", "note_date": "2026-01-01", "text": 'A note,\nwith "lines"'}
    ],
    ssd_cla_placement=[{**SMALL["ssd_cla_placement"][0], "clap_cla_placement_id": str(number)} for number in range(8)],
)

places = st.floats(0, 1, exclude_max=True)
spoilings = st.one_of(
    st.tuples(st.just("cut"), places, st.just(b"")),
    st.tuples(st.just("remove"), places, st.just(b"")),
    st.tuples(st.just("insert"), places, st.sampled_from(STRAY)),
    st.tuples(st.just("repeat line"), places, st.just(b"")),
    st.tuples(st.just("remove line"), places, st.just(b"")),
    st.tuples(st.just("empty field"), places, st.just(b"")),
)


def spoil(content: bytes, how: str, place: float, stray: bytes) -> bytes:
    at = int(place * len(content))
    if how == "cut":
        return content[:at]
    if how == "remove":
        return content[:at] + content[at + 1 :]
    if how == "insert":
        return content[:at] + stray + content[at:]
    separator = b"," if how == "empty field" else b"\n"
    parts = content.split(separator)
    at = int(place * len(parts))
    replacement = {"repeat line": [parts[at], parts[at]], "remove line": [], "empty field": [b""]}[how]
    return separator.join([*parts[:at], *replacement, *parts[at + 1 :]])


def key_of(line: bytes) -> bytes:
    """Of two rows that are read as one, what cannot be read or stands for nothing may differ; their key does not."""
    return line.translate(None, b" \0\x01").split(b",")[0]


def account_for(reading: Reading, folder: Path) -> None:
    """Every row of every file stands in its table or among the rejects, once, or is the same as one that does; and the report says so."""
    for file in reading.report.files:
        used = reading.values(f"select source_row from {file.table_name}")
        quarantined = reading.values(f"select source_row from rejects where table_name = '{file.table_name}'")
        assert (len(used), len(quarantined)) == (file.rows_used, file.rows_quarantined)
        assert file.rows_read == file.rows_used + file.rows_quarantined + file.rows_repeated
        rows = Counter(used + quarantined)
        assert not rows or max(rows.values()) == 1
        if file.supplied:
            content = (folder / file.file_name).read_bytes().removeprefix(b"\xef\xbb\xbf")
            if b'"' not in content:
                lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
                every = {row: line for row, line in enumerate(lines, start=1) if line and row > 1}
                missing = every.keys() - rows.keys()
                assert rows.keys() <= every.keys() and len(missing) == file.rows_repeated
                assert {key_of(every[row]) for row in missing} <= {key_of(every[row]) for row in rows}


@settings(max_examples=examples(7, 300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(RECORDS)),
    st.lists(spoilings, min_size=1, max_size=4),
    st.sampled_from(
        [Settings(), Settings(final_line_ending_required=False, quarantine_limit_percent=100, fallback_encoding="cp1252")]
    ),
)
def test_a_spoilt_file_is_refused_or_every_row_is_accounted_for(table, how, chosen):
    with TemporaryDirectory() as folder:
        path = write_extracts(Path(folder), RECORDS) / f"{table}.csv"
        content = path.read_bytes()
        for spoiling in how:
            content = spoil(content, *spoiling)
        path.write_bytes(content)
        try:
            reading = Reading(Path(folder), chosen)
        except NightRefused as refused:
            assert str(refused).endswith(".") and "\n" not in str(refused)
        else:
            account_for(reading, Path(folder))
            reading.con.close()


@pytest.mark.parametrize("seed", range(3))
def test_a_large_file_with_faults_all_through_it_is_accounted_for(tmp_path, seed):
    random.seed(seed)
    faults = [
        {"clap_cla_placement_start_date": "31/02/2025"},
        {"clap_cla_placement_type": "Q9"},
        {"clap_person_id": "999"},
        {"clap_cla_placement_id": "17"},
        {"clap_cla_placement_id": "18", "clap_cla_placement_postcode": None},
        {"clap_cla_placement_end_date": "2020-01-01"},
    ]
    rows = [
        {**SMALL["ssd_cla_placement"][0], "clap_cla_placement_id": str(number), "clap_cla_placement_postcode": "AB1, 2CD"}
        for number in range(60_000)
    ]
    spoilt = random.sample(range(100, 60_000), 900)
    for at in spoilt:
        rows[at] |= random.choice(faults)
        rows[at]["clap_cla_placement_postcode"] = rows[at]["clap_cla_placement_postcode"] or f"AB1 {at}"
    folder = write_extracts(tmp_path, small(ssd_cla_placement=rows))
    path = folder / "ssd_cla_placement.csv"
    lines = path.read_text().split("\n")
    ragged = sorted(random.sample(sorted(set(range(100, 60_000)) - set(spoilt)), 3))
    for at in ragged:
        lines[at + 1] += ",one,more,and,more,fields"
    path.write_text("\n".join(lines))
    reading = Reading(folder)
    account_for(reading, folder)
    again = [at for at in spoilt if rows[at] == rows[17]]
    assert len(again) == reading.file("ssd_cla_placement").rows_repeated > 0
    assert reading.values("select source_row from rejects where rule <> 'structure' order by 1") == sorted(
        at + 2 for at in spoilt if at not in again
    )
    assert reading.values("select source_row from rejects where rule = 'structure' order by 1") == [at + 2 for at in ragged]
