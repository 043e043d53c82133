"""What has been published stays as it was, and the next pack is solved with it."""

from __future__ import annotations

import json

import pytest

from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, DisclosureError
from metrics.disclosure.ledger import Publication, publication
from metrics.disclosure.protect import protect
from metrics.strategic.periods import one_name
from tests.metrics.disclosure.councils import council
from tests.metrics.disclosure.packs import attacked, derived_range, hiding, pack, printed, published

SERVICES = ["North", "South", "East"]
COUNTS = {"North": 3, "South": 10, "East": 17, "county": 30}


def test_a_publication_is_kept_as_plain_data_and_read_back():
    record = published(pack(COUNTS, {"county": SERVICES}, [("county", "East")]), "North", "South")
    assert Publication.from_json(json.loads(json.dumps(record.to_json()))) == record


def test_a_finished_pack_without_one_of_its_figures_cannot_be_recorded():
    with pytest.raises(DisclosureError, match="South was not found in the finished pack"):
        publication("An earlier pack", pack({"North": 7, "South": 9}), {("North",): 7})


def test_a_period_keeps_one_pattern_in_every_later_pack():
    past = published(pack(COUNTS, {"county": SERVICES}), "North", "East")
    pattern = protect(pack(COUNTS, {"county": SERVICES}, past=[past]))
    assert pattern.hidden == {("North",), ("East",)}, "South would be cheaper, but East is what was hidden"


def test_a_pack_that_opens_what_was_hidden_or_hides_what_was_open_is_refused():
    past = published(pack(COUNTS, {"county": SERVICES}), "North", "South")
    system = pack(COUNTS, {"county": SERVICES}, past=[past])
    assert "has been published as [c] and is not hidden now" in audit(system, hiding(system, "North", "East")).faults[0]
    assert "has been published as 17 and is now hidden" in audit(system, hiding(system, "North", "South", "East")).faults[0]


def test_published_figures_stand_as_published_after_the_records_change():
    past = published(pack(COUNTS, {"county": SERVICES}), "North", "South")
    system = pack({"North": 3, "South": 11, "East": 17, "county": 31}, {"county": SERVICES}, past=[past])
    assert {key[0]: cell.count for key, cell in system.cells.items()} == COUNTS
    assert protect(system).printed(system) == {("North",): HIDDEN, ("South",): HIDDEN, ("East",): 17, ("county",): 30}


def test_a_sum_of_published_and_revised_figures_says_so_and_is_still_protected():
    past = published(pack({"quarter 1": 8}))
    new = {"quarter 1": 9, "quarter 2": 2, "year to quarter 2": 11}
    system = pack(new, {"year to quarter 2": ["quarter 1", "quarter 2"]}, past=[past])
    assert system.cells[("quarter 1",)].count == 8 and [entry.constant for entry in system.revised] == [1]
    assert derived_range(attacked(system, "quarter 2"), "quarter 2") == (2, 2), "even an outsider who knows of the change"
    assert protect(system).hidden == {("quarter 2",), ("year to quarter 2",)}


def test_a_chain_of_packs_counts_together():
    first = published(pack(COUNTS, {"county": SERVICES}), "North", "South")
    second_system = pack({"West": 8, "South and West": 18}, past=[first])
    second = publication("A second pack", second_system, printed(second_system, protect(second_system)))
    third = pack({"West": 8, "South": 10, "South and West": 18}, {"South and West": ["South", "West"]}, past=[first, second])
    with pytest.raises(DisclosureError, match="North"):
        protect(third)
    assert derived_range(attacked(third, "South"), "North") == (3, 3)


def test_past_figures_that_touch_nothing_here_are_left_out():
    past = published(
        pack({"July": 9, "July North": 3, "July South": 6}, {"July": ["July North", "July South"]}), "July North", "July South"
    )
    system = pack({"August": 12}, past=[past])
    assert set(system.cells) == {("August",)}


@pytest.mark.parametrize("seed", range(12))
def test_councils_stay_safe_from_pack_to_pack(seed):
    past: tuple[Publication, ...] = ()
    for start in range(3):
        system = council(seed, past, range(start, start + 2), quarters=start + 1)
        stands = printed(system, protect(system))
        audit(system, stands).require_safe()
        past += (publication(f"Pack {start}", system, stands),)
    hidden = [{cell.key for cell in pack.cells if cell.published == "hidden"} for pack in past]
    shown = [{cell.key for cell in pack.cells if cell.published == "open"} for pack in past]
    assert hidden[0] & hidden[1] and not hidden[0] & shown[1] and not hidden[1] & shown[0]


def test_a_pack_of_an_earlier_version_is_read_with_one_key_for_one_number():
    """March printed the year as *to Q4*, hidden; June prints the year: the same figure, so it stays hidden."""
    system = pack({"2025/26 Q4": 3, "2025/26 to Q4": 9, "rest": 6}, {"2025/26 to Q4": ["2025/26 Q4", "rest"]})
    record = published(system, "2025/26 Q4", "2025/26 to Q4").renamed(lambda key: tuple(map(one_name, key)))
    assert {cell.key[0]: cell.published for cell in record.cells} == {"2025/26 Q4": "hidden", "2025/26": "hidden", "rest": "open"}
    assert ("2025/26",) in protect(pack({"2025/26": 9}, past=[record])).hidden


def test_two_keys_of_one_number_become_one_cell_and_their_equation_is_gone():
    system = pack({"2026/27 Q1": 9, "2026/27 to Q1": 9}, {"2026/27 to Q1": ["2026/27 Q1"]})
    record = published(system).renamed(lambda key: tuple(map(one_name, key)))
    assert [cell.key for cell in record.cells] == [("2026/27 Q1",)] and record.relations == ()
