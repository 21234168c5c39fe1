"""Raising a concern, coming back with a receipt, and typing in for somebody."""

from django.urls import URLPattern, path

from concerns.views import raising, raising_enter, raising_follow_up, raising_more, raising_sent, raising_stop

urlpatterns: list[URLPattern] = [
    path("raise/", raising.WhoPage.as_view(), name="raise_start"),
    path("raise/words/", raising.WordsPage.as_view(), name="raise_words"),
    path("raise/reach/", raising.ReachPage.as_view(), name="raise_reach"),
    path("raise/check/", raising.CheckPage.as_view(), name="raise_check"),
    path("raise/sent/", raising_sent.sent, name="raise_sent"),
    path("raise/done/", raising_sent.done, name="raise_done"),
    path("raise/more/", raising_more.MorePage.as_view(), name="raise_more"),
    path("raise/more/people/", raising_more.PeoplePage.as_view(), name="raise_more_people"),
    path(
        "raise/more/people/<uuid:entry>/remove/",
        raising_more.RemovePerson.as_view(),
        name="raise_remove_person",
    ),
    path("raise/more/<slug:section>/", raising_more.SectionPage.as_view(), name="raise_more_section"),
    path("raise/stop/", raising_stop.stop, name="raise_stop"),
    path("raise/come-back/", raising_stop.come_back, name="raise_come_back"),
    path("raise/blank-form/", raising_stop.blank_form, name="raise_blank_form"),
    path("follow-up/", raising_follow_up.follow_up, name="follow_up"),
    path("follow-up/add/", raising_follow_up.add, name="follow_up_add"),
    path("follow-up/read/", raising_follow_up.read, name="follow_up_read"),
    path("follow-up/reach/", raising_follow_up.reach, name="follow_up_reach"),
    path("follow-up/more/", raising_follow_up.more, name="follow_up_more"),
    path("follow-up/more/people/", raising_follow_up.people, name="follow_up_people"),
    path("follow-up/more/<slug:section>/", raising_follow_up.section, name="follow_up_section"),
    path("follow-up/close/", raising_follow_up.close, name="follow_up_close"),
    path("concerns/enter/", raising_enter.enter, name="concerns_enter"),
]
