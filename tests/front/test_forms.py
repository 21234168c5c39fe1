"""No words are lost, every error leads somewhere, and nothing is drawn as what it is not."""

import datetime
import re
from typing import Any

import pytest
from django import forms
from django.utils.safestring import SafeString

from safeguarding.forms import (
    Checkboxes,
    DayField,
    Form,
    LineField,
    Radios,
    WordsField,
    draw_field,
    draw_fields,
    summary_of,
)

CHOICES = [("a", "Apples"), ("b", "Pears")]


class EveryForm(Form):
    words = WordsField(label="Your words", help_text="Any words.", max_length=20)
    line = LineField(label="Name", max_length=5)
    day = DayField(label="When")
    one = forms.ChoiceField(label="One", choices=CHOICES, widget=Radios())
    some = forms.MultipleChoiceField(label="Some", choices=CHOICES, widget=Checkboxes())
    plain = forms.MultipleChoiceField(label="Plain", choices=CHOICES, widget=forms.CheckboxSelectMultiple())
    agree = forms.BooleanField(label="Agree")
    place = forms.ChoiceField(label="Place", choices=CHOICES)
    letter = forms.FileField(label="Letter", widget=forms.FileInput())
    secret = forms.CharField(label="Password", widget=forms.PasswordInput())


class WordsForm(Form):
    words = WordsField(label="Your words", max_length=20, required=False)


class DayForm(Form):
    day = DayField(label="When")


def cleaned(text: str) -> str:
    form = WordsForm({"words": text})
    assert form.is_valid(), form.errors
    return str(form.cleaned_data["words"])


def day_of(day: str, month: str, year: str) -> DayForm:
    return DayForm({"day_day": day, "day_month": month, "day_year": year})


def error_of(form: forms.Form) -> str:
    return " ".join(error["text"] for error in summary_of(form))


# --- words -------------------------------------------------------------------------------------
def test_words_keep_their_spaces() -> None:
    assert cleaned("  two  spaces\t ") == "  two  spaces\t "


def test_line_breaks_become_one_character() -> None:
    assert cleaned("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_words_at_the_limit_pass_when_breaks_are_counted_once() -> None:
    assert cleaned("a\r\n" * 10) == "a\n" * 10


def test_an_emoji_counts_as_one() -> None:
    assert cleaned("🌱" * 20) == "🌱" * 20


def test_words_over_the_limit_say_by_how_much() -> None:
    assert "3 characters too long" in error_of(WordsForm({"words": "a" * 23}))


def test_words_over_the_limit_are_still_in_the_box() -> None:
    assert "a" * 23 in draw_fields(WordsForm({"words": "a" * 23}))


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\udfff"])
def test_what_cannot_be_kept_is_refused_kindly(odd: str) -> None:
    assert "cannot keep" in error_of(WordsForm({"words": f"be{odd}fore"}))


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\udfff"])
def test_what_cannot_be_kept_comes_back_as_a_mark(odd: str) -> None:
    html = draw_fields(WordsForm({"words": f"be{odd}fore"}))
    assert "be\ufffdfore" in html.encode().decode()


def test_the_marked_words_pass_when_sent_again() -> None:
    assert cleaned("be\ufffdfore") == "be\ufffdfore"


def test_a_line_refuses_what_cannot_be_kept() -> None:
    assert "cannot keep" in error_of(EveryForm({"line": "a\x00"}))


def test_only_spaces_are_not_an_answer_where_one_is_needed() -> None:
    assert "words" in EveryForm({"words": " \n "}).errors


def test_the_browser_never_cuts_words_off() -> None:
    assert "maxlength=" not in re.sub(r"data-maxlength=", "", draw_field(WordsForm()["words"]))


# --- days --------------------------------------------------------------------------------------
@pytest.mark.parametrize("month", ["3", "03", "March", "mar", " MARCH "])
def test_day_is_understood(month: str) -> None:
    form = day_of("27", month, "2026")
    assert form.is_valid() and form.cleaned_data["day"] == datetime.date(2026, 3, 27)


@pytest.mark.parametrize(
    ("parts", "part"),
    [
        (("", "3", "2026"), 0),
        (("27", "", "2026"), 1),
        (("27", "3", "26"), 2),
        (("31", "2", "2026"), 0),
        (("٣", "3", "2026"), 0),
        (("9" * 999, "3", "2026"), 0),
        (("\x00", "3", "2026"), 0),
        (("1", "1", "0000"), 0),
    ],
)
def test_day_error_leads_to_the_part_to_change(parts: tuple[str, str, str], part: int) -> None:
    assert summary_of(day_of(*parts))[0]["href"] == f"#id_day_{part}"


def test_day_comes_back_as_it_was_typed() -> None:
    assert 'value="Marhc"' in draw_fields(day_of("27", "Marhc", "2026"))


# --- drawing -----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["some", "plain"])
def test_checkboxes_are_checkboxes(name: str) -> None:
    html = draw_field(EveryForm()[name])
    assert html.count('type="checkbox"') == 2 and "radio" not in html


def test_radios_are_radios() -> None:
    html = draw_field(EveryForm()["one"])
    assert html.count('type="radio"') == 2 and "checkbox" not in html


@pytest.mark.parametrize("data", [None, {}])
def test_every_reference_leads_to_an_id(data: dict[str, Any] | None) -> None:
    html = draw_fields(EveryForm(data))
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    pointed = " ".join(re.findall(r'(?:for|aria-describedby|aria-controls)="([^"]+)"', html)).split()
    assert set(pointed) <= ids


def test_every_error_link_leads_to_an_id() -> None:
    form = EveryForm({})
    ids = set(re.findall(r'\bid="([^"]+)"', draw_fields(form)))
    assert {error["href"][1:] for error in summary_of(form)} <= ids


def test_every_field_has_its_error_in_the_summary() -> None:
    assert len(summary_of(EveryForm({}))) == len(EveryForm.base_fields)


def test_ids_are_unique() -> None:
    found = re.findall(r'\bid="([^"]+)"', draw_fields(EveryForm({})))
    assert len(found) == len(set(found))


def test_errors_name_the_question() -> None:
    assert "Your words" in error_of(WordsFormRequired({}))


class WordsFormRequired(Form):
    words = WordsField(label="Your words")


def test_error_of_the_whole_form_has_no_dead_link() -> None:
    form = WordsForm({"words": ""})
    form.add_error(None, "Please write something, or ask us to call you.")
    assert summary_of(form) == [{"text": "Please write something, or ask us to call you.", "href": ""}]


@pytest.mark.parametrize("name", list(EveryForm.base_fields))
def test_labels_and_hints_are_escaped(name: str) -> None:
    form = EveryForm({})
    form.fields[name].label = form.fields[name].help_text = "<b>x</b>"
    assert "<b>" not in draw_field(form[name])


@pytest.mark.parametrize("name", ["one", "some", "place"])
def test_choices_are_escaped(name: str) -> None:
    form = EveryForm()
    form.fields[name].choices = [("<i>", "<b>x</b>")]  # type: ignore[attr-defined]
    assert not re.search("<b>|<i>", draw_field(form[name]))


def test_what_someone_typed_is_escaped() -> None:
    assert "</textarea><script>" not in draw_fields(WordsForm({"words": "</textarea><script>"}))


def test_a_form_draws_as_one_safe_string() -> None:
    assert isinstance(draw_fields(EveryForm()), SafeString)


def test_a_heading_field_is_the_only_heading() -> None:
    made = type("HeadingForm", (WordsForm,), {"heading_field": "words"})
    assert draw_fields(made()).count("<h1") == 1
