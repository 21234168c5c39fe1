from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "concerns"

    def ready(self) -> None:
        """Web and worker both must know how a record's file is made, and who may have it."""
        from concerns import documents  # noqa: F401
