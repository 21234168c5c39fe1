from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The living statement, what people suggest for it, and its reviews."""

    name = "reviews"

    def ready(self) -> None:
        """How our files are made, who takes what people let go on from a concern, and what a code may open."""
        from concerns.services import passing_on
        from reviews import checks, documents  # noqa: F401 (they register themselves)
        from reviews.services import suggesting
        from reviews.views import joining
        from riskassessment import doors

        passing_on.register(suggesting.pass_on)
        doors.register(joining.address_of)
