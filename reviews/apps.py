from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The living statement, what people suggest for it, and its reviews."""

    name = "reviews"

    def ready(self) -> None:
        """How the statement's files are made, who takes what people let go on, and who is kept out of what."""
        from concerns.services import asking_after, kept_apart, passing_on
        from reviews import checks, documents  # noqa: F401 (they register themselves)
        from reviews.services import challenging, process, suggesting

        passing_on.register(suggesting.pass_on)
        asking_after.register(process.asks)
        kept_apart.register(challenging.about_person, challenging.people_about)
