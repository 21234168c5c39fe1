from django.urls import URLPattern, path

from reviews.views import cycles

urlpatterns: list[URLPattern] = [
    path("statement/reviews/", cycles.reviews, name="reviews"),
    path("statement/reviews/calendar.ics", cycles.calendar, name="reviews_calendar"),
    path("statement/reviews/<uuid:pk>/", cycles.review, name="review"),
    path("statement/reviews/<uuid:pk>/holders/", cycles.holders, name="review_holders"),
    path("statement/reviews/<uuid:pk>/held/", cycles.held, name="review_held"),
    path("statement/reviews/<uuid:pk>/not-held/", cycles.not_held, name="review_not_held"),
]
