"""The floor's jobs: a form that inserts, with a hash and without one, and a signed-in list."""

from argon2 import PasswordHasher
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from bench.floor.models import Note

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class NoteForm(forms.Form):
    words = forms.CharField(max_length=20_000, widget=forms.Textarea)


def write(request: HttpRequest) -> HttpResponse:
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        Note.objects.create(words=form.cleaned_data["words"], verifier=HASHER.hash("1234123412341234"))
        return redirect("done")
    return render(request, "write.html", {"form": form})


def write_plain(request: HttpRequest) -> HttpResponse:
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        Note.objects.create(words=form.cleaned_data["words"], verifier="")
        return redirect("done")
    return render(request, "write.html", {"form": form})


def done(request: HttpRequest) -> HttpResponse:
    return HttpResponse("kept")


@login_required
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", {"notes": Note.objects.order_by("-at")[:50]})


urlpatterns = [
    path("", write),
    path("plain/", write_plain),
    path("done/", done, name="done"),
    path("list/", listed),
]
