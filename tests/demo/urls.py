"""The site as DEMO=1 has it."""

from safeguarding.demo.urls import DEMO
from safeguarding.urls import urlpatterns as product

urlpatterns = [*product, *DEMO]
