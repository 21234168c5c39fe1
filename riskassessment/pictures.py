"""Pictures that the server draws: the code for the room, to be scanned."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import qrcode
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from qrcode.image.svg import SvgPathImage

from riskassessment.models import JoinCode


def join_picture(code: JoinCode) -> dict[str, Any]:
    """The address that the code leads to, and the same as a picture (SVG)."""
    return picture_of(f"{settings.SITE_URL}{reverse('join_code', kwargs={'code': code.code})}")


def link_picture(token: str) -> dict[str, Any]:
    """The same of somebody's own link."""
    return picture_of(f"{settings.SITE_URL}{reverse('joined', kwargs={'token': token})}")


def picture_of(address: str) -> dict[str, Any]:
    drawn = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(drawn)
    svg = drawn.getvalue().decode().partition("?>")[2].strip() or drawn.getvalue().decode()
    return {"address": address, "picture": SafeString(svg)}  # nosec B703: drawn here, from our own address
