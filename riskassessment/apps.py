from django.apps import AppConfig


class RiskassessmentConfig(AppConfig):
    name = "riskassessment"

    def ready(self) -> None:
        """Web and worker both must know how a plan's files are made, and who may have them."""
        from riskassessment import documents  # noqa: F401
