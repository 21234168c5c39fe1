from django.urls import URLPattern, path

from safeguarding.files import views

urlpatterns: list[URLPattern] = [
    path("exports/<uuid:pk>/", views.export_page, name="export"),
    path("exports/<uuid:pk>/file.<slug:ending>", views.export_file, name="export_file"),
    path("verify/", views.verify, name="verify"),
]
