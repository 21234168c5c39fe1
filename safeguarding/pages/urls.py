from django.urls import URLPattern, path

from safeguarding.pages import views

urlpatterns: list[URLPattern] = [
    path("leave/", views.leave, name="leave"),
    path("help/", views.help_now, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("csp-report/", views.csp_report, name="csp_report"),
    path("faults/", views.fault_list, name="faults"),
]
