"""All addresses, grouped by noun; each app lists its own."""

from django.conf import settings
from django.urls import include, path

from safeguarding import bounces, gallery, home, views

urlpatterns = [
    path("", home.start, name="start"),
    path("healthz", views.healthz, name="healthz"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("safeguarding.pages.urls")),
    path("", include("safeguarding.people.urls")),
    path("", include("safeguarding.contacts.urls")),
    path("", include("safeguarding.statement.urls")),
    path("", include("safeguarding.files.urls")),
    path("", include("safeguarding.demo.urls")),
    path("", include("riskassessment.urls")),
    path("", include("concerns.urls")),
    path("", include("reviews.urls")),
    *bounces.routes(settings.BOUNCE_SERVICE),
]

handler400 = "safeguarding.pages.errors.bad_request"
handler500 = "safeguarding.pages.errors.server_error"
