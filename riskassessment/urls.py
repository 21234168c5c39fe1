"""Activities, their plans, and taking part without an account."""

from django.urls import URLPattern, path

from riskassessment.views import (
    activities,
    areas,
    assessments,
    contributions,
    depth,
    joining,
    names,
    parts,
    prompts,
    worries,
)

urlpatterns: list[URLPattern] = [
    path("activities/", activities.activities, name="activities"),
    path("activities/new/", activities.activity_new, name="activity_new"),
    path("activities/<uuid:pk>/", activities.activity, name="activity"),
    path("activities/<uuid:pk>/change/", activities.activity_change, name="activity_change"),
    path("activities/<uuid:pk>/route-seen/", activities.route_seen, name="route_seen"),
    path("activities/<uuid:pk>/parts/add/", parts.part_add, name="part_add"),
    path("activities/parts/<uuid:pk>/", parts.part_change, name="part_change"),
    path("activities/parts/<uuid:pk>/remove/", parts.part_remove, name="part_remove"),
    path("activities/<uuid:pk>/people/add/", parts.place_give, name="place_give"),
    path("activities/people/<uuid:pk>/end/", parts.place_end, name="place_end"),
    path("activities/<uuid:pk>/assessment/", assessments.assessment_begin, name="assessment_begin"),
    path("assessments/<uuid:pk>/", assessments.assessment, name="assessment"),
    path("assessments/<uuid:pk>/write/", assessments.assessment_write, name="assessment_write"),
    path("assessments/<uuid:pk>/agree-aloud/", assessments.agree_aloud, name="agree_aloud"),
    path("assessments/<uuid:pk>/code/", contributions.code_open, name="code_open"),
    path("assessments/<uuid:pk>/code/end/", contributions.code_end, name="code_end"),
    path("assessments/<uuid:pk>/poster/", contributions.join_poster, name="join_poster"),
    path("assessments/<uuid:pk>/contributions/", contributions.contributions, name="contributions"),
    path("assessments/<uuid:pk>/show/", contributions.contributions_show, name="contributions_show"),
    path("contributions/<uuid:pk>/", contributions.contribution_answer, name="contribution_answer"),
    path("contributions/<uuid:pk>/take-up/", contributions.contribution_take_up, name="contribution_take_up"),
    path("assessments/<uuid:pk>/depth/", depth.depth, name="depth"),
    path("assessments/<uuid:pk>/depth/choose/", depth.depth_choose, name="depth_choose"),
    path("assessments/<uuid:pk>/depth/wish/", depth.depth_wish, name="depth_wish"),
    path("assessments/<uuid:pk>/areas/", areas.areas, name="areas"),
    path("assessments/<uuid:pk>/areas/put-in/", areas.prompt_put_in, name="prompt_put_in"),
    path("assessments/<uuid:pk>/areas/<slug:area>/", areas.area_leave_out, name="area_leave_out"),
    path("assessments/<uuid:pk>/names/keep/", names.name_keep, name="name_keep"),
    path("worries/<uuid:pk>/", worries.worry, name="worry"),
    path("prompts/", prompts.prompts, name="prompts"),
    path("prompts/add/", prompts.prompt_add, name="prompt_add"),
    path("prompts/<uuid:pk>/", prompts.prompt_change, name="prompt_change"),
    path("prompts/<uuid:pk>/retire/", prompts.prompt_retire, name="prompt_retire"),
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_code, name="join_code"),
    path("joined/<str:token>/", joining.joined, name="joined"),
    path(
        "joined/<str:token>/<uuid:pk>/withdraw/", joining.contribution_withdraw, name="contribution_withdraw"
    ),
]
