from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The living statement, what people suggest for it, and its reviews."""

    name = "reviews"

    def ready(self) -> None:
        """How our files are made, who takes what people let go on, who is kept out, and what a code opens."""
        from concerns.services import asking_after, kept_apart, passing_on
        from reviews import checks, documents  # noqa: F401 (they register themselves)
        from reviews.services import challenging, process, suggesting
        from reviews.views import joining
        from riskassessment import doors

        passing_on.register(passing_on.Taker(suggesting.pass_on, suggesting.is_known))
        asking_after.register(process.asks)
        kept_apart.register(challenging.about_person, challenging.people_about)
        doors.register(joining.address_of)
