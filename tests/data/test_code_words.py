"""Codes are said in words, by one function, and what our lists once called a code is still read as that code."""

from __future__ import annotations

import pandas
import pytest

from data.contract.contract import code_sets, in_words, label_of
from metrics.engine.plain import codes_in_words

FORMER = {
    "placement_type": {"Foster other not LT/FFA": "U6", "Foster relative/friend long term": "U1", "Placed with parents/PR": "P1"},
    "legal_status": {"Single period s20": "V2", "PACE": "J2"},
    "plan_option": {"Return within 6 months": "RETURN6M", "Long term fostering to 18": "LTFOST18"},
}


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("E1", "E1 Placement order"),
        ("E1, C2", "E1 Placement order; C2 Full care order"),
        ("XX", "XX"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_code_is_followed_by_what_it_means(codes, said):
    assert in_words("legal_status", codes) == said


def test_of_a_person_only_the_words_are_said():
    assert (label_of("ethnicity", "WBRI"), label_of("ethnicity", " wbri"), label_of("sex", "F")) == (
        "White British",
        "White British",
        "Female",
    )
    assert label_of("ethnicity", "Cornish") == "Cornish"


def test_a_list_says_its_codes_and_leaves_what_is_missing():
    frame = pandas.DataFrame({"legal_status": ["C2", None], "placement": ["U6", "not known"]})
    said = codes_in_words(frame)
    assert list(said["placement"]) == ["U6 Foster placement, not long-term", "not known"]
    assert said["legal_status"].iloc[0] == "C2 Full care order" and pandas.isna(said["legal_status"].iloc[1])


def test_what_a_code_was_called_is_still_read():
    for name, texts in FORMER.items():
        spellings = code_sets()[name].spellings
        assert {text: spellings.get(text.lower()) for text in texts} == texts
