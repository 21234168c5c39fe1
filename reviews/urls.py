from django.urls import URLPattern, path

from reviews.views import answering, cycles, drafts, importing, statement, suggestions

urlpatterns: list[URLPattern] = [
    path("statement/", statement.statement, name="statement"),
    path("statement/versions/", statement.statement_versions, name="statement_versions"),
    path("statement/versions/<int:version>/", statement.statement_version, name="statement_version"),
    path(
        "statement/versions/<int:version>/<int:other>/", statement.statement_compare, name="statement_compare"
    ),
    path("statement/versions/<int:version>/files/", drafts.statement_make_files, name="statement_make_files"),
    path(
        "statement/versions/<int:version>/statement.<slug:ending>",
        statement.statement_file,
        name="statement_file",
    ),
    path("statement/changes/", statement.statement_changes, name="statement_changes"),
    path("statement/clauses/<int:serial>/", statement.clause, name="clause"),
    path("statement/draft/", drafts.draft, name="draft"),
    path("statement/draft/begin/", drafts.draft_begin, name="draft_begin"),
    path("statement/draft/changes/", drafts.draft_changes, name="draft_changes"),
    path("statement/draft/publish/", drafts.draft_publish, name="draft_publish"),
    path("statement/draft/bring/", importing.draft_bring, name="draft_bring"),
    path("statement/draft/example/", importing.draft_example, name="draft_example"),
    path("statement/draft/bring/<uuid:pk>/", importing.brought, name="brought"),
    path("statement/draft/bring/<uuid:pk>/<int:place>/", importing.brought_row, name="brought_row"),
    path("statement/draft/clauses/add/", drafts.clause_add, name="clause_add"),
    path("statement/draft/clauses/<int:serial>/", drafts.clause_edit, name="clause_edit"),
    path("statement/draft/clauses/<int:serial>/move/", drafts.clause_move, name="clause_move"),
    path("statement/draft/clauses/<int:serial>/away/", drafts.clause_away, name="clause_away"),
    path("suggest/", suggestions.suggest_short, name="suggest_short"),
    path("statement/suggest/", suggestions.suggest, name="suggest"),
    path("statement/suggest/<int:serial>/", suggestions.suggest_about, name="suggest_about"),
    path("suggested/", suggestions.suggestion_find, name="suggestion_find"),
    path("suggested/<str:token>/", suggestions.suggestion_shown, name="suggestion_shown"),
    path("suggested/<str:token>/take-back/", suggestions.suggestion_take_back, name="suggestion_take_back"),
    path("statement/suggestions/", answering.suggestions, name="suggestions"),
    path("statement/suggestions/type-in/", answering.suggestion_type_in, name="suggestion_type_in"),
    path("statement/suggestions/<uuid:pk>/", answering.suggestion, name="suggestion"),
    path("statement/suggestions/<uuid:pk>/answer/", answering.suggestion_answer, name="suggestion_answer"),
    path("statement/suggestions/<uuid:pk>/mark/", answering.suggestion_mark, name="suggestion_mark"),
    path(
        "statement/suggestions/<uuid:pk>/take-back/",
        answering.suggestion_withdraw,
        name="suggestion_withdraw",
    ),
    path("statement/reviews/", cycles.reviews, name="reviews"),
    path("statement/reviews/calendar.ics", cycles.calendar, name="reviews_calendar"),
    path("statement/reviews/<uuid:pk>/", cycles.review, name="review"),
    path("statement/reviews/<uuid:pk>/holders/", cycles.holders, name="review_holders"),
    path("statement/reviews/<uuid:pk>/held/", cycles.held, name="review_held"),
    path("statement/reviews/<uuid:pk>/not-held/", cycles.not_held, name="review_not_held"),
]
