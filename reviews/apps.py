from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The living statement, what people suggest for it, and its reviews."""

    name = "reviews"

    def ready(self) -> None:
        """How the statement's files are made, and who takes what people let go on from a concern."""
        from concerns.services import passing_on
        from reviews import checks, documents  # noqa: F401 (they register themselves)
        from reviews.services import suggesting

        passing_on.register(suggesting.pass_on)
