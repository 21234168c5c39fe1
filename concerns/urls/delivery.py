from django.urls import URLPattern, path

from concerns.views import delivery

urlpatterns: list[URLPattern] = [
    path("delivery/", delivery.delivery_list, name="delivery"),
    path("delivery/<uuid:pk>/again/", delivery.send_again, name="delivery_again"),
    path("delivery/<uuid:pk>/settle/", delivery.settle, name="delivery_settle"),
]
