from django.urls import URLPattern

from concerns.urls import delivery, raising, records, triage

urlpatterns: list[URLPattern] = [
    *raising.urlpatterns,
    *triage.urlpatterns,
    *records.urlpatterns,
    *delivery.urlpatterns,
]
