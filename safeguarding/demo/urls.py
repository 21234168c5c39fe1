"""Nothing at all, unless this is a demonstration."""

from django.conf import settings
from django.urls import URLPattern, path

from safeguarding.demo import views

DEMO: list[URLPattern] = [
    path("demo/", views.people, name="demo"),
    path("demo/as/<uuid:pk>/", views.step_in, name="demo_step_in"),
    path("demo/prove/", views.prove, name="demo_prove"),
    path("demo/mailbox/", views.mailbox, name="demo_mailbox"),
    path("demo/mailbox/<slug:name>/", views.mail, name="demo_mail"),
]
urlpatterns: list[URLPattern] = DEMO if settings.DEMO else []
