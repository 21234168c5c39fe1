from django.urls import URLPattern, path

from safeguarding.statement import views

urlpatterns: list[URLPattern] = [
    path("ways-of-working/", views.ways, name="ways"),
    path("ways-of-working/<slug:kind>/add/", views.way_add, name="way_add"),
    path("ways-of-working/<slug:kind>/<uuid:pk>/", views.way_change, name="way_change"),
    path("ways-of-working/<slug:kind>/<uuid:pk>/end/", views.way_end, name="way_end"),
]
