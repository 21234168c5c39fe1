from django.urls import URLPattern, path

from concerns.views import records

urlpatterns: list[URLPattern] = [
    path("concerns/<str:reference>/record.pdf", records.record_pdf, name="record_pdf"),
]
