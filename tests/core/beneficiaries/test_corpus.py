"""What is found in whole sentences, and what is left alone. The lists beside this file are the
corpus: a sentence a line, made up, in the manner of the network."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.beneficiaries import Reason, look_at
from home import demonstration

HERE = Path(__file__).parent
DATA = Path(demonstration.__file__).parent / "data"
MAX_FALSE_ALARMS = 0.02
MIN_FOUND = 0.95


def lines(name: str) -> list[str]:
    return (HERE / name).read_text().splitlines()


def strings(data) -> Iterator[str]:
    """Every text in what a JSON file holds."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from strings(part)


def false_alarms(sentences: list[str]) -> list[str]:
    return [sentence for sentence in sentences if look_at(sentence)]


def test_ordinary_sentences_of_the_network_raise_almost_no_alarm(record_property):
    sentences = lines("ordinary_fr.txt") + lines("ordinary_nl.txt")
    assert len(set(sentences)) == len(sentences) >= 500
    wrong = false_alarms(sentences)
    rate = len(wrong) / len(sentences)
    record_property("false_alarms", rate)
    sys.stdout.write(f"False alarms: {len(wrong)} of {len(sentences)} ({rate:.2%})\n")
    assert rate <= MAX_FALSE_ALARMS, wrong


@pytest.mark.parametrize("name", ["ordinary_fr.txt", "ordinary_nl.txt"])
def test_neither_language_is_treated_worse(name):
    wrong = false_alarms(lines(name))
    assert len(wrong) / len(lines(name)) <= MAX_FALSE_ALARMS, wrong


def test_what_a_person_is_known_by_is_found(record_property):
    cases = [line.split("|", 1) for line in lines("personal.txt")]
    assert len(cases) >= 60
    missed = [
        text
        for reason, text in cases
        if reason not in {found.reason for found in look_at(text.replace("\\n", "\n"))}
    ]
    rate = 1 - len(missed) / len(cases)
    record_property("found", rate)
    sys.stdout.write(f"Found: {len(cases) - len(missed)} of {len(cases)} ({rate:.2%})\n")
    assert rate >= MIN_FOUND, missed
    assert set(Counter(reason for reason, _text in cases)) == set(Reason)


def test_the_demonstrations_own_texts_raise_no_alarm():
    texts = [text for file in DATA.glob("*.json") for text in strings(json.loads(file.read_text()))]
    assert len(texts) > 2000
    assert false_alarms(texts) == []


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Voir Mme Dupont, née le 12/03/1981, mardi.", "Mme Dupont, née le 12/03/1981"),
        ("Chez Fatima B., rue Gray 12 bte 3, à midi.", "Fatima B., rue Gray 12 bte 3"),
        ("(Monsieur K. 0470 12 34 56)", "Monsieur K. 0470 12 34 56"),
        ("n° ８５.０７.３０‑033\u200b.28 !", "８５.０７.３０‑033\u200b.28"),
    ],
)
def test_the_passage_and_its_place_are_those_of_the_text_as_written(text, passage):
    (found,) = look_at(text)
    assert found.passage == text[found.start : found.end] == passage


@pytest.mark.parametrize(
    "text",
    [
        "Né en 2010, le réseau compte 155 membres.",
        "Fondée le 12/03/1981, l’asbl est rue Gray 12.",
        "L’asbl Trait Cyan est née le 12 mars 1985.",
        "Notre asbl de quartier, Trait Cyan, est née le 12 mars 1985.",
        "De vzw Blauwe Reiger, geboren op 12 maart 1985, is verhuisd.",
        "Mme Dupont, directrice, 0470 12 34 56",
        "Accueil social : 0470 12 34 56",
        "Mme Dupont répond au 02 123 45 67.",
        "Maison de quartier Malibran, rue de la Digue 10",
        "Marie Dupont (Centre Lumen), chaussée de Boondael 34",
        "Fatima B., réunion rue Gray le 12 mars",
        "Marie anime l’atelier place Flagey 14 h",
        "Merci à Marie Dupont. Le projet, né le 12 mars 2019, continue.",
        "Jan Peeters, 12/03/2026",
        "",
    ],
)
def test_functions_organisations_and_events_are_left_alone(text):
    assert look_at(text) == []
