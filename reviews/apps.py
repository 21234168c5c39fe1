from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The living statement, what people suggest for it, and its reviews."""

    name = "reviews"

    def ready(self) -> None:
        """Web and worker both must know how the statement's files are made."""
        from reviews import documents  # noqa: F401
