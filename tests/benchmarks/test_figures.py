"""The benchmarks' own arithmetic: ratios, bars, the form of a file's dates, and the growth of time with size."""

from __future__ import annotations

import math
from pathlib import Path

import duckdb
import pytest

from benchmarks.__main__ import BENCHMARKS, read_arguments
from benchmarks.machine import Figure, Times, ratios
from benchmarks.nightly import _slope
from benchmarks.plain_load import plain_files, plain_load


def test_a_ratio_is_that_of_the_medians_and_tells_the_least_and_greatest():
    ratio, spread = ratios(Times((2.0, 4.0, 30.0)), Times((1.0, 2.0, 3.0)))
    assert ratio == 2.0
    assert spread == "2 to 10 over 3 pairs of runs"


@pytest.mark.parametrize(("value", "words"), [(4.0, "pass  night: 4 times"), (4.01, "FAIL  night: 4.01 times")])
def test_a_figure_passes_up_to_its_bar(value, words):
    assert Figure("night", value, 4.0, " times", {}).text().startswith(words)


@pytest.mark.parametrize("exponent", [0.8, 1.0, 1.3])
def test_the_growth_of_a_power_is_its_exponent(exponent):
    points = [(math.log(size), math.log(3 * size**exponent)) for size in (1_000, 10_000, 118_000)]
    assert _slope(points) == pytest.approx(exponent)


def test_growth_of_one_size_is_refused():
    with pytest.raises(ValueError, match="two sizes"):
        _slope([(1.0, 1.0)])


@pytest.mark.parametrize(
    ("dates", "kind"),
    [("2026-01-31,2026-02-28", "DATE"), ("31/01/2026,28/02/2026", "DATE"), ("2026-01-31 00:00:00,", "TIMESTAMP")],
)
def test_a_files_dates_are_loaded_in_the_form_they_are_written_in(tmp_path: Path, dates, kind):
    heading = "restriction_id,person_id,restriction_type,allowed_roles,start_date,end_date"
    (tmp_path / "local_restrictions.csv").write_text(f"{heading}\nR1,007,OTHER,,{dates}\n")
    assert plain_load(plain_files(tmp_path), tmp_path / "plain.duckdb") == 1
    with duckdb.connect(str(tmp_path / "plain.duckdb")) as connection:
        found = connection.execute("select person_id, start_date::date::varchar, typeof(start_date) from local_restrictions")
        assert found.fetchall() == [("007", "2026-01-31", kind)]


def test_a_benchmark_that_does_not_exist_is_refused(capsys):
    with pytest.raises(SystemExit):
        read_arguments(["nightyl"])
    assert f"there is no benchmark nightyl; there are {', '.join(BENCHMARKS)}" in capsys.readouterr().err
