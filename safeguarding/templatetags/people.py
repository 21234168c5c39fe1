"""Words about people and their devices."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
PLACES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """The browser and the kind of device, as much as a person can recognise."""
    browser = next((name for mark, name in BROWSERS if re.search(mark, user_agent)), _("A browser"))
    place = next((name for mark, name in PLACES if mark in user_agent), _("an unknown device"))
    return _("%(browser)s on %(place)s") % {"browser": browser, "place": place}
