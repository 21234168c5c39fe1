from django.urls import URLPattern

from concerns.urls import raising, records, triage

urlpatterns: list[URLPattern] = [*raising.urlpatterns, *triage.urlpatterns, *records.urlpatterns]
