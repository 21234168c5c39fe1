from django.urls import URLPattern, path

from safeguarding.pages import views, who

urlpatterns: list[URLPattern] = [
    path("leave/", views.leave, name="leave"),
    path("help/", views.help_now, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("who-can-see-what/", who.who_can_see_what, name="who_can_see_what"),
    path("csp-report/", views.csp_report, name="csp_report"),
    path("faults/", views.fault_list, name="faults"),
]
