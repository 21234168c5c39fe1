from django.urls import URLPattern, path

from safeguarding.contacts.views import absence, confirming, contacts, helping, times

urlpatterns: list[URLPattern] = [
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/add/<slug:kind>/", contacts.contact_add, name="contact_add"),
    path("contacts/history/", contacts.contact_history, name="contact_history"),
    path("contacts/hours/", times.contact_hours, name="contact_hours"),
    path("contacts/holidays/", times.contact_holidays, name="contact_holidays"),
    path(
        "contacts/holidays/<int:year>/<int:month>/<int:day>/remove/",
        times.holiday_remove,
        name="holiday_remove",
    ),
    path("contacts/help/", helping.contact_help, name="contact_help"),
    path("contacts/help/add/", helping.help_add, name="help_add"),
    path("contacts/help/<uuid:pk>/change/", helping.help_change, name="help_change"),
    path("contacts/help/<uuid:pk>/up/", helping.help_up, name="help_up"),
    path("contacts/help/<uuid:pk>/down/", helping.help_down, name="help_down"),
    path("contacts/help/<uuid:pk>/end/", helping.help_end, name="help_end"),
    path("contacts/confirm/<str:token>/", confirming.contact_confirm, name="contact_confirm"),
    path("contacts/<uuid:pk>/change/", contacts.contact_change, name="contact_change"),
    path("contacts/<uuid:pk>/end/", contacts.contact_end, name="contact_end"),
    path("contacts/<uuid:pk>/up/", contacts.contact_up, name="contact_up"),
    path("contacts/<uuid:pk>/link/", contacts.contact_send_link, name="contact_send_link"),
    path("contacts/<uuid:pk>/away/", absence.contact_away, name="contact_away"),
    path("contacts/<uuid:pk>/back/", absence.contact_back, name="contact_back"),
]
