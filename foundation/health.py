"""Is this process alive? For whoever restarts processes; asks nothing of the database."""

from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process can answer at all."""
    return HttpResponse("ok\n", content_type="text/plain")
