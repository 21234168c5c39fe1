from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The living statement and its reviews. Its nouns arrive with the statement itself."""

    name = "reviews"
