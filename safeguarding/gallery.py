"""Every component on one page, in its normal and its error state, with invented content."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from safeguarding.forms import Checkboxes, DayField, Form, LineField, PlainFileInput, Radios, WordsField

HOW_SOON = [
    ("today", _("Today")),
    ("week", _("This week")),
    ("no_rush", _("No rush")),
    ("unsure", _("I am not sure")),
]
WANTS = [
    ("talk", _("To talk to someone first")),
    ("change", _("Something to change")),
    ("known", _("Just for you to know")),
]


class GalleryForm(Form):
    words = WordsField(
        label=_("What happened, or what worries you?"),
        help_text=_(
            "Use your own words. You do not have to give names. Only the people named above read this."
        ),
    )
    how_soon = forms.ChoiceField(
        label=_("How soon should someone look?"),
        help_text=_("If you are not sure, we treat it as today."),
        choices=HOW_SOON,
        widget=Radios(hints={"today": _("Someone looks within two working hours.")}, or_before="unsure"),
    )
    wants = forms.MultipleChoiceField(
        label=_("What would you like from us?"),
        help_text=_("Choose any that fit."),
        choices=WANTS,
        widget=Checkboxes(),
    )
    name = LineField(label=_("What should we call you?"), help_text=_("Any name you like."))
    when = DayField(label=_("When were you told?"), help_text=_("For example, 27 3 2026. A guess is fine."))
    place = forms.ChoiceField(
        label=_("Where was it?"),
        help_text=_("The nearest one."),
        choices=[("", ""), ("room", _("In person")), ("online", _("Online"))],
    )
    letter = forms.FileField(
        label=_("Add a letter or a picture"), help_text=_("Up to 5 MB."), widget=PlainFileInput()
    )
    secret = forms.CharField(
        label=_("Password"), help_text=_("At least 15 characters."), widget=forms.PasswordInput()
    )
    agree = forms.BooleanField(
        label=_("Show my own words when I come back"), help_text=_("Anyone with your receipt can read them.")
    )


def _records() -> dict[str, Any]:
    return {
        "rows": [
            {"key": _("How soon"), "value": _("Today"), "href": "#how-soon"},
            {"key": _("Under 18"), "value": _("Not sure"), "href": "#under-18"},
            {
                "key": _("Your words"),
                "value": _("I felt talked over in the planning meeting, and nobody stopped it."),
                "href": "#words",
            },
        ],
        "tasks": [
            {"title": _("Your words"), "href": "#words", "status": _("Done"), "done": True},
            {
                "title": _("How to reach you"),
                "href": "#reach",
                "status": _("Not started"),
                "hint": _("You can leave this out."),
            },
        ],
        "needs": [
            {
                "what": _("New concern, not opened yet"),
                "reference": "SG-7K4M",
                "age": _("40 minutes ago"),
                "href": "#a",
                "act": _("Open"),
            },
            {
                "what": _("A reply is waiting"),
                "reference": "SG-2QXT",
                "age": _("yesterday"),
                "href": "#b",
                "act": _("Read"),
            },
            {
                "what": _("Next step is overdue"),
                "reference": "SG-9HDP",
                "age": _("3 days late"),
                "href": "#c",
                "act": _("Look"),
            },
        ],
        "columns": [_("Reference"), _("Age"), _("How soon"), _("State"), _("Whose"), _("Next step")],
        "table": [
            _table_row("SG-7K4M", _("40 minutes"), _("Today"), "●"),
            _table_row("SG-2QXT", _("6 days"), _("This week"), ""),
        ],
    }


def _table_row(reference: str, age: Any, how_soon: Any, mark: str) -> dict[str, Any]:
    return {
        "title": reference,
        "href": f"#{reference}",
        "cells": [
            {"heading": _("Age"), "text": age},
            {"heading": _("How soon"), "text": how_soon},
            {"heading": _("State"), "text": _("Open"), "mark": mark},
            {"heading": _("Whose"), "text": "Amara"},
            {"heading": _("Next step"), "text": _("Call Wren on Thursday"), "strong": True},
        ],
    }


def _story() -> dict[str, Any]:
    return {
        "entries": [
            {
                "heading": _("Concern raised"),
                "body": _("By someone who gave the name Wren."),
                "author": _("Wren"),
                "happened": _("early March, in a workshop"),
                "written": _("12 March, 10:14"),
                "entered": _("12 March, 10:14"),
            },
            {
                "heading": _("Spoke on the phone"),
                "body": _(
                    "Wren wants the next session to have a quiet room.\nNobody else needs to know for now."
                ),
                "author": _("Amara, safeguarding lead"),
                "told": _("13 March, 09:30"),
                "written": _("13 March, 11:00"),
                "entered": _("14 March, 16:20"),
            },
        ],
    }


def _parts() -> dict[str, Any]:
    return {
        "parts": [
            {
                "title": _("Arriving"),
                "zone": "comfort",
                "zone_text": _("Comfort"),
                "helps": _("Tea, and no rush"),
                "way_out": _("Sit outside"),
                "who": "Sol",
            },
            {
                "title": _("Sharing stories"),
                "zone": "stretch",
                "zone_text": _("Stretch"),
                "helps": _("Pass at any time"),
                "way_out": _("Raise a card"),
                "who": "Amara",
            },
            {
                "title": _("Speaking to the room"),
                "zone": "panic",
                "zone_text": _("Panic (or stress)"),
                "helps": _("Someone reads for you"),
                "way_out": _("Say “not today”"),
                "who": "Sol",
            },
        ],
        "words": [
            {"text": _("Needs me"), "href": "#needs", "count": 3, "current": True},
            {"text": _("Open"), "href": "#open", "count": 12},
            {"text": _("Closed"), "href": "#closed"},
        ],
    }


def _doors() -> dict[str, Any]:
    return {
        "doors": [
            {
                "title": _("Raise a concern, or just talk to someone"),
                "text": _("Nobody ever used the wrong form. It takes about three minutes."),
                "href": "#raise",
            },
            {
                "title": _("I have a receipt"),
                "text": _("See where things stand, or add something."),
                "href": "#follow-up",
            },
        ],
        "cards": [
            {"title": _("Get help now"), "text": _("Day and night, without signing in."), "href": "#help"},
            {
                "title": _("Plan an activity together"),
                "text": _("What would make it safe for us?"),
                "href": "#activities",
            },
            {"title": _("Our statement"), "text": _("What we promise each other."), "href": "#statement"},
            {"title": _("What we have learnt"), "text": _("And what we changed."), "href": "#learning"},
        ],
        "groups": ["4821", "0937", "5510", "2746"],
        "crumbs": [{"text": _("Home"), "href": "/"}, {"text": _("Components")}],
        "acts": [
            {"text": _("Add a note"), "href": "#note"},
            {"text": _("Change how soon"), "href": "#soon"},
            {"text": _("Close"), "href": "#close"},
        ],
    }


@require_safe
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """`?errors=1` shows the form as it comes back from a send with nothing filled in."""
    form = GalleryForm({"when_day": "31"}) if "errors" in request.GET else GalleryForm()
    context = {"form": form, **_records(), **_story(), **_parts(), **_doors()}
    return render(request, "gallery.html", context)
