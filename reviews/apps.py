from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The living statement and its reviews."""

    name = "reviews"

    def ready(self) -> None:
        from reviews import checks  # noqa: F401 (registers them)
