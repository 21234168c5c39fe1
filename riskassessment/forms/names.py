"""A name that the group keeps in one line."""

from django import forms

from safeguarding.forms import Form


class KeepForm(Form):
    line = forms.CharField(widget=forms.HiddenInput, max_length=60)
    name = forms.CharField(widget=forms.HiddenInput, max_length=120)
