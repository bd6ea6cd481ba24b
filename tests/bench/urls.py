"""The portal's addresses and one more: the plainest view there can be, behind the same middleware."""

from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as portal_patterns


def hello(request):
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), *portal_patterns]
