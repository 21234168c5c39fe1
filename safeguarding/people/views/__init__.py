from django.http import HttpRequest, QueryDict


def sent_by(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; an empty one was sent too, and `or None` would take it for a first look."""
    return request.POST if request.method == "POST" else None
