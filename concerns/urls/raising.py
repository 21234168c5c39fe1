from django.urls import URLPattern, path

from concerns.views import raising

urlpatterns: list[URLPattern] = [
    path("raise/", raising.start, name="raise_start"),
    path("raise/sent/", raising.sent, name="raise_sent"),
]
