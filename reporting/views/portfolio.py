"""Home: the programmes a person may see."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes.models import Programme


@require_safe
def portfolio_list(request):
    programmes = Programme.objects.visible_to(request.user).for_reading()
    return render(request, "reporting/portfolio_list.html", {"programmes": programmes})
