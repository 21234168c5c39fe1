from reviews.models.cycles import ReviewCycle, ReviewHolder, ReviewReminded

__all__ = ["ReviewCycle", "ReviewHolder", "ReviewReminded"]
