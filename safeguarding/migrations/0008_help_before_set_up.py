"""Help is there before anybody sets anything up: 999 and outside help, in general words."""

from django.db import migrations
from django.utils import timezone

PANELS = (
    (
        "emergency",
        "Police, ambulance or fire service",
        "If someone is in danger now, call 999. Do it first. You do not need to ask anybody.",
        "999",
    ),
    (
        "outside",
        "Your local council",
        "Your local council has an adult social care team and a children's team. Call the council and ask "
        "for the safeguarding team. It is their job to listen.",
        "",
    ),
    (
        "university",
        "The university's own procedure",
        "We are part of a university, and it has a safeguarding team of its own. Call the university's main "
        "number and ask for safeguarding. You may go to them first if you would rather.",
        "",
    ),
    (
        "under_18",
        "When someone under 18 is involved",
        "The council's children's team can help, also when you are not sure. Call the council and ask for "
        "children's services. If a child is in danger now, call 999.",
        "",
    ),
)


def add_panels(apps, schema_editor):
    panel = apps.get_model("safeguarding", "HelpPanel")
    if panel.objects.exists():
        return  # a site that has its own
    now = timezone.now()
    for order, (kind, title, words, phone) in enumerate(PANELS, start=1):
        panel.objects.create(kind=kind, title=title, words=words, phone=phone, order=order, valid_from=now)


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0007_contacts_edited")]
    operations = [migrations.RunPython(add_panels, migrations.RunPython.noop)]
