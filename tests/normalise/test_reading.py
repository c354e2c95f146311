"""The reading room: tags, frames, proposals, weights, arithmetic, calibration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from corpus.councils import words_of_names
from extract.layout import text_passage
from extract.model import Reading
from extract.numerals import mentions
from extract.readers.text import blocks_of_text
from extract.sentences import statements_of
from extract.statement import Statement
from extract.statements import statements
from normalise.reading.arithmetic import clashing, with_bands_by_arithmetic
from normalise.reading.axes import Axis
from normalise.reading.calibrating import WRITTEN_FROM, calibration, features_of
from normalise.reading.evidence import Source
from normalise.reading.frames import Frame, frames, pattern_of
from normalise.reading.frontmatter import FrontMatter, recognise
from normalise.reading.grid import Grid, sums_on
from normalise.reading.headings import completed
from normalise.reading.in_force import Place, stage_options
from normalise.reading.interpreting import Fate, confidences_of, fate_with
from normalise.reading.kinds import kinds_of
from normalise.reading.labels import label_of
from normalise.reading.lines import Line
from normalise.reading.own_period import period_options
from normalise.reading.phrases import phrases
from normalise.reading.read import NOTHING, Read
from normalise.reading.reasons import Reason
from normalise.reading.resolving import outlook_of, read
from normalise.reading.tagging import Sentence, class_of, classes_of, examples, inside_quotation, lexicon, tag
from normalise.reading.trace import both_readings, readings
from normalise.reading.weighing import Choice, Judge, Option, choice_of, probabilities, scores, weights
from normalise.reading.words_around import WordsAround, near_pairs
from normalise.wordings import is_called, ways_of_calling


def tagged(text: str) -> Sentence:
    return tag(text, tuple((m.start, m.end, m.kind) for m in mentions(text) if m.statistic))


def line_of(text: str) -> Line:
    return Line(statements_of(text_passage(text), "p", (), "", [], False), [])


def tokens_of(sentence: Sentence) -> str:
    return " ".join(f"{t}/{c}" for t, c in zip(sentence.tokens, sentence.classes, strict=True)) + " "


@pytest.mark.parametrize("frame", [f for f, _ in frames()], ids=lambda f: f.frame)
def test_every_frame_fits_its_example(frame: Frame) -> None:
    needed = next(n for f, n in frames() if f == frame)
    sentence = tagged(frame.example)
    assert needed <= set(sentence.classes)
    assert pattern_of(frame.frame).search(tokens_of(sentence)), tokens_of(sentence)


def test_no_frame_and_no_word_stands_twice() -> None:
    names = [(f.frame, f.name) for f, _ in frames()]
    assert len(names) == len(set(names))
    assert len(lexicon()) > 300


def test_every_word_of_the_lexicon_has_an_example_that_needs_it() -> None:
    for words, (name, example) in examples().items():
        found = classes_of(example.split())
        assert name in found, (words, example)
        assert classes_of(example.split(), without=words) != found, (words, example)


def test_words_for_one_thing_have_one_class() -> None:
    assert {class_of(w) for w in ("regarding", "concerning", "about")} == {"ABOUT"}
    assert class_of("non statutory") != class_of("statutory")
    assert "CORPORATE" in tagged("The 14 non-statutory complaints").classes


def test_numbers_periods_and_punctuation_are_tags() -> None:
    classes = tagged("Of the 64 received in 2021-22 (compared with 31 last year), 41% took 10 working days.").classes
    for name in ("N", "YEAR", "open", "COMPARE", "LASTYEAR", "close", "PERCENT", "DAYS"):
        assert name in classes


@pytest.mark.parametrize(
    "text",
    ["She said “I rang 12 times” and left.", "She said 'I rang 12 times' and left.", 'He wrote: "12 letters".', "«12»"],
)
def test_a_number_inside_quotation_marks_of_any_style(text: str) -> None:
    assert inside_quotation(text, text.index("12"))


def test_an_apostrophe_opens_no_quotation() -> None:
    text = "The children's team and the adults' team had 12 complaints; the parents' view was heard."
    assert not inside_quotation(text, text.index("12"))


def test_labels_before_and_behind_their_numbers() -> None:
    line = line_of("29 complaints were made about planning, 8 to libraries; Email (14); Fostering – 3")
    found = {s.printed: {p.text for p in phrases(line.numbers, s)} for s in line.numbers}
    assert "planning" in found["29"] and "libraries" in found["8"]
    assert "Email" in found["14"] and "Fostering" in found["3"]


@pytest.mark.parametrize(
    ("text", "printed", "label"),
    [
        ("15 (27%) described themselves as White British.", "15", "described themselves as White British"),
        ("15 of the 56 were about delay.", "15", "delay"),
        ("Parents, 44; grandparents and other kin, 9", "9", "grandparents and other kin"),
        ("Libraries received most of them (177), then Parks (12).", "177", "Libraries"),
        ("The highest numbers were in Housing repairs (488).", "488", "Housing repairs"),
        ("Early Help 24 and Learning, Skills and Education 41.", "41", "Learning, Skills and Education"),
        ("36 parents, five grandparents and 2 foster carers.", "36", "parents"),
        ("124 were made, 61 of them concerning the assessment teams.", "61", "assessment teams"),
        ("Failure to ring back was at the bottom of 29 complaints.", "29", "Failure to ring back"),
        ("Staff attitude was ahead of “Quality of service” at 24%.", "24%", "Quality of service"),
        ("Home care (commissioned) 13, Reablement 7.", "13", "Home care (commissioned)"),
        ("Disability team – it was asked why there had been 14.", "14", "Disability team"),
    ],
)
def test_labels_past_shares_wholes_and_what_is_said_of_them(text: str, printed: str, label: str) -> None:
    line = line_of(text)
    (number,) = [s for s in line.numbers if s.printed == printed]
    assert label in {p.text for p in phrases(line.numbers, number)}


def test_another_council_named_before_a_number_is_whom_it_is_about() -> None:
    line = Line(line_of("In Kent there were 45 complaints.").statements, [], council="Bury")
    assert line.authority(line.numbers[0]) == "Kent"
    own = Line(line_of("In Bury there were 45 complaints.").statements, [], council="Bury")
    assert own.authority(own.numbers[0]) == ""


@pytest.mark.parametrize(
    ("text", "printed", "whose"),
    [
        ("Our rate was 72%, compared with 68% for similar authorities.", "72%", ""),
        ("Our rate was 72%, compared with 68% for similar authorities.", "68%", "similar authorities"),
        ("The average for authorities like Bury is 79%.", "79%", "authorities like bury"),
        ("In county councils it was 60%, in Bury 75%.", "75%", ""),
        ("On average 83% of complaints were upheld in England, 5 of them here.", "83%", "England"),
    ],
)
def test_a_group_of_councils_is_whom_a_number_is_about(text: str, printed: str, whose: str) -> None:
    line = Line(line_of(text).statements, [], council="Bury")
    (number,) = [s for s in line.numbers if s.printed == printed]
    assert line.authority(number) == whose


def test_words_of_a_label_name_a_member_where_the_label_does_not() -> None:
    assert label_of("Friend or neighbour").loose == {"complainant": "other"}
    assert (
        label_of("Parents").candidates == {"complainant": "parent"} and "complainant" not in label_of("Parents").loose
    )


def cell(row: str, column: str, value: float, place: tuple[int, int], **more: object) -> Statement:
    return Statement(
        f"{value:g}",
        value,
        "number",
        "table",
        1,
        None,
        "",
        "t1",
        rows=(row,),
        columns=(column,),
        place=place,
        **more,  # type: ignore[arg-type]
    )


def test_bare_bands_under_working_days_get_their_unit() -> None:
    group = [cell(r, "No.", 5, (n, 1), corner="Working days") for n, r in enumerate(("Up to 10", "11 – 20", "Over 20"))]
    assert [label_of(s.rows[0]).band for s in completed(group)] == ["within_10", "11_to_20", "over_20"]


def test_numerals_under_a_stage_are_stages() -> None:
    group = [cell(r, "No.", 5, (n, 1), corner="Stage") for n, r in enumerate(("One", "Two"))]
    assert [label_of(s.rows[0]).pieces.stages for s in completed(group)] == [["stage_1"], ["stage_2"]]


def read_as(statement: Statement, what: tuple[str, str], stage: str = "stage_1") -> Read:
    values = {"what": what, "stage": stage, "procedure": "children_statutory", "period": "2023-24"}
    return Read(statement, {slot: Choice(Option(value), 0.9) for slot, value in values.items()})


def test_bands_that_add_up_are_coded_by_what_they_mean() -> None:
    bands = [("within_10", 8.0), ("within_20", 11.0), ("outside_timescale", 4.0)]
    reads = [read_as(cell(c, "No.", v, (n, 1)), ("response_time", c)) for n, (c, v) in enumerate(bands)]
    reads.append(read_as(cell("Total", "No.", 23.0, (3, 1)), ("closed", "")))
    assert [r.what[1] for r in with_bands_by_arithmetic(reads)] == ["within_10", "11_to_20", "over_20", ""]


def test_cells_of_one_row_with_one_key_and_two_values_clash() -> None:
    one, two = cell("Upheld", "A", 5, (1, 1)), cell("Upheld", "B", 7, (1, 2))
    assert clashing([read_as(one, ("outcome", "upheld")), read_as(two, ("outcome", "upheld"))]) == {0, 1}
    assert clashing([read_as(one, ("outcome", "upheld")), read_as(two, ("outcome", "upheld"), "stage_2")]) == set()


ITEMS = "In all 61 were closed: (i) 40 were at stage 1; (ii) 12 were at stage 2; (iii) 9 were at stage 3"


def test_what_enumerates_and_what_parts_makes_items() -> None:
    sentence = tagged(ITEMS)
    items = {ITEMS[at : at + 2].strip(): sentence.items[token] for at, token in sentence.numbers.items()}
    assert len({items["61"], items["40"], items["12"], items["9"]}) == 4


def test_an_item_names_the_stage_of_its_own_number() -> None:
    sentence = tagged(ITEMS)
    outlook = outlook_of(Reading(blocks_of_text(ITEMS), 1), FrontMatter("", "2023-24"))
    token = sentence.numbers[ITEMS.index("12")]
    options = stage_options("received", "", "", Place([], outlook, sentence, token), [])
    named = {o.value for o in options if any(f.startswith(("sentence:before", "sentence:after")) for f in o.features)}
    assert named == {"stage_2"}


def test_pairs_of_words_beside_a_number() -> None:
    sentence = tagged("We stood by our answer in 46 cases and put right what was wrong in 12.")
    assert "L2:stood by" in near_pairs(sentence, next(iter(sentence.numbers.values())))
    assert "R2:put right" in near_pairs(sentence, next(iter(sentence.numbers.values())))


def test_a_row_that_adds_up_the_others_is_a_total_whatever_it_is_called() -> None:
    text = "Service | Received | Upheld |\n---|---|---|\nHousing | 40 | 9 |\nParks | 12 | 4 |\nRoads | 31 | 17 |\nBorough-wide | 83 | 30 |\n"
    grid = Grid(statements(Reading(blocks_of_text(text), 1)), [])
    assert {s.rows for s in grid.statements if "row" in sums_on(grid, s)} == {("Borough-wide",)}
    assert not any("column" in sums_on(grid, s) for s in grid.statements)


def test_two_parts_may_add_up_by_chance() -> None:
    text = "Team | Received | Upheld |\n---|---|---|\nNorth | 40 | 9 |\nSouth | 12 | 4 |\nWest | 52 | 13 |\n"
    grid = Grid(statements(Reading(blocks_of_text(text), 1)), [])
    assert not any(sums_on(grid, s) for s in grid.statements)


def test_a_year_that_is_only_called_the_last_is_the_one_before() -> None:
    text = "Key points\n\nWe received 124 complaints, 44% more than in the previous year (86 in 2022/23). In the previous year the share upheld was 47%."
    found = {o.value: o.features for o in period_options(["Key points"], text)}
    assert "always last year" in found["2022-23"]
    assert "prior always last year" in found["2023-24"]


def test_procedures_that_sentences_name_beside_their_numbers_add_up() -> None:
    text = "Key points\n\nWe received 90 complaints: 55 were corporate complaints and 35 were statutory complaints. 28 were not upheld.\n"
    reading = Reading(blocks_of_text(text), 1)
    heard: list[str] = []

    class Ear(Judge):
        def choose(self, slot: str, statement: Statement, options: Sequence[Option]) -> Choice:
            if slot == "procedure":
                heard.extend(f for o in options for f in o.features)
            return super().choose(slot, statement, options)

    read(statements(reading), outlook_of(reading, FrontMatter("", "2023-24")), Ear())
    assert any(f.startswith("procedures add up|") for f in heard)


def test_the_heavier_option_wins_and_the_runner_up_is_kept() -> None:
    options = [Option("a", ["weak"]), Option("b", ["strong"])]
    choice = Judge({"stage": {"strong": 2.0, "weak": 1.0}}).choose("stage", cell("", "", 1, (0, 0)), options)
    assert (choice.option.value, choice.runner_up and choice.runner_up.value) == ("b", "a")
    assert choice.probability == pytest.approx(1 / (1 + 2.718281828**-1))
    assert choice_of(options[:1], probabilities([0.0])).runner_up is None


def test_weights_and_calibration_are_in_the_package() -> None:
    assert set(weights()) == {"document.period", "what.sentence", "what.grid", "stage", "procedure", "period"}
    steps = [p for _, p in calibration().steps]
    assert steps == sorted(steps) and 0 <= steps[0] < WRITTEN_FROM < steps[-1] <= 1


def test_what_clashes_and_what_is_likelier_wrong_has_less_confidence() -> None:
    one, two = cell("Upheld", "A", 5, (1, 1)), cell("Upheld", "B", 7, (1, 2))
    alone = features_of([read_as(one, ("outcome", "upheld"))])[0]
    beside = features_of([read_as(one, ("outcome", "upheld")), read_as(two, ("outcome", "upheld"))])[0]
    assert calibration().confidence(beside) < calibration().confidence(alone)


def test_a_doubtful_year_of_the_report_lowers_what_rests_on_it_and_nothing_else() -> None:
    text = "Complaints about children's social care\n\nWe received 64 stage 1 complaints.\n\nIn 2019-20 there were 71 stage 1 complaints.\n"
    reading = Reading(blocks_of_text(text), 1)
    front = FrontMatter("Bury", "2023-24", "children")
    reads = read(statements(reading), outlook_of(reading, front), Judge())
    sure, doubtful = (confidences_of(reads, replace(front, period_chance=p)) for p in (1.0, 0.4))
    place = {r.statement.printed: n for n, r in enumerate(reads)}
    assert doubtful[place["64"]] < sure[place["64"]] - 0.1
    assert doubtful[place["71"]] == sure[place["71"]]


def test_a_number_that_is_no_observation_has_no_features() -> None:
    nothing = Read(cell("", "", 1, (0, 0)), {"what": Choice(Option(NOTHING), 0.9)})
    assert features_of([nothing]) == {}


FRONT = FrontMatter("Bury", "2023-24", "children")


def fate_of(read: Read, confidence: float) -> Fate:
    return fate_with(read, confidence, "report", FRONT)


def test_what_is_likelier_wrong_than_right_is_no_observation() -> None:
    read = read_as(cell("Upheld", "No.", 5, (1, 1)), ("outcome", "upheld"))
    assert fate_of(read, 0.9).row is not None
    doubtful = fate_of(read, 0.4)
    assert (doubtful.fate, doubtful.row, doubtful.reason) == ("unplaced", None, Reason.DOUBTFUL)
    assert "confidence 0.40" in both_readings(doubtful)[0]
    assert both_readings(fate_of(read, 0.9)) == []


def test_a_share_over_the_whole_is_no_observation() -> None:
    share = replace(cell("Upheld", "%", 113, (1, 1)), kind="percent")
    assert fate_of(read_as(share, ("outcome", "upheld")), 0.9).reason == Reason.OVER_THE_WHOLE


def test_every_part_of_a_figure_has_its_line_in_readings() -> None:
    read = read_as(cell("Upheld", "No.", 5, (1, 1)), ("outcome", "upheld"))
    frame = readings([fate_of(read, 0.9), fate_of(read, 0.4)])
    assert list(frame["slot"]) == ["what", "stage", "procedure", "period"] * 2
    assert list(frame["chosen"])[:2] == ["outcome / upheld", "stage_1"]
    assert list(frame["id"] == "") == [False] * 4 + [True] * 4


def test_every_way_of_calling_something_fits_its_example() -> None:
    for way in ways_of_calling():
        assert is_called(way.name, way.example), way


def test_words_around_a_number_say_where_they_stand() -> None:
    sources = [
        Source("before1", "An adjudicator wrote to the family in 2023.", "text"),
        Source("heading1", "Investigations", "heading"),
        Source("title", "Annual report", "heading"),
    ]
    words = WordsAround(sources, tagged("Of these, 12 were late."))
    assert {"word:before:adjudicator", "word:heading:investigations", "word:title:annual"} <= set(words.names)
    assert "word:sentence:late|stage_2" in words.with_value("stage_2")
    assert not [name for name in words.names if "12" in name or "2023" in name]


def test_nothing_is_learnt_of_a_council_by_its_name() -> None:
    names = re.compile("|".join(rf"\b{name}\b" for name in words_of_names()))
    worded = re.compile(r"word:|(?:^|&)(?:[LR]\d?|r|c):")
    learnt = {f for table in weights().values() for f in table if worded.search(f) and names.search(f)}
    assert not learnt


def test_words_of_one_meaning_are_of_one_kind() -> None:
    assert kinds_of("granny") == kinds_of("grandmother")
    assert not set(kinds_of("granny")) & set(kinds_of("solicitor"))
    assert kinds_of("qwx") == ()


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Complaints about children's social care 2018/9\nThere were 40 complaints (2017/8: 38).", "2018-19"),
        (
            "There were 57 complaints in 2013-14, 61 in 2014-15 and 70 in 2015-16. Aims for 2016-17: fewer complaints.",
            "2015-16",
        ),
    ],
)
def test_the_year_that_a_passage_without_a_title_is_about(text: str, own: str) -> None:
    options = period_options(text.split("\n"), text)
    assert Judge().choose("document.period", None, options).option.value == own


@pytest.mark.parametrize(
    ("text", "council"),
    [
        (
            "TAMESIDE METROPOLITAN BOROUGH\n\nSTANDARDS COMMITTEE\n\nGreater Manchester: the councils of Manchester agreed.",
            "Tameside",
        ),
        (
            "Medway: social care complaints 2019-20\n\nKent County Council had 134 and Kent County Council's rate was higher.",
            "Medway",
        ),
        ("Complaints in Mid Devon, 2019-20\n\nThere were 12.", ""),
        ("Northamptonshire County Council: complaints 2019-20\n\nThere were 12.", "Northamptonshire"),
        ("Bournemouth Borough Council: complaints 2017-18\n\nThere were 12.", "Bournemouth"),
        ("North Northamptonshire Council: complaints 2022-23\n\nThere were 12.", "North Northamptonshire"),
    ],
)
def test_the_council_is_the_one_in_the_title(text: str, council: str) -> None:
    assert recognise(Reading(blocks_of_text(text), 1), "report").council == council


def test_a_reading_does_not_depend_on_the_order_that_sets_have_in_a_process() -> None:
    shares = {"service": 0.6, "theme": 0.6, "outcome": 0.2}
    backwards = dict(reversed(shares.items()))
    kinds = {Axis(3, {}, {}, hinted, 0.0, 0.0, 0.0, 0.0).kind for hinted in (shares, backwards)}
    assert len(kinds) == 1
    table = {"a": 0.1, "b": 0.2, "c": 0.3, "d": -0.6, "e": 1e-16}
    assert len({scores([Option("x", list(order))], table)[0] for order in permutations(table)}) == 1
