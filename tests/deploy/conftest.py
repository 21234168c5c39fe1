from tests.deploy.front import front

__all__ = ["front"]
