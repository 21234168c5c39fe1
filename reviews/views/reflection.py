"""Spaces to reflect: when, about what, how many. For those who signed in."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.forms.recognition import ReflectionForm
from reviews.models import ReflectionSpace
from reviews.services import learning, reflecting
from safeguarding.access import form_page, person_of

PAGE = 25  # spaces on one page


@require_safe
def reflections(request: HttpRequest) -> HttpResponse:
    page = Paginator(ReflectionSpace.objects.all(), PAGE).get_page(request.GET.get("page"))
    return render(request, "reviews/reflection/list.html", {"page": page})


@form_page
def reflection_add(request: HttpRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ReflectionForm(data, today=learning.today(), initial={"once": uuid4()})
    if form.is_valid():
        reflecting.add(by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Noted. Nothing of what was said is kept here."))
        return redirect("reflections")
    return render(request, "reviews/reflection/add.html", {"form": form})
