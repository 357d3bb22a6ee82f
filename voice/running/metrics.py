"""Figures about the product for Prometheus: how much it is asked for, how long that takes, and how its jobs go.

Nothing in them is about a person. What people who answer do is one figure together, so that nobody can see in a graph
when somebody sent a form; pages for staff are known by their route, never by their address.
"""

from __future__ import annotations

import os

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, multiprocess

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where processes that serve together put their figures; the supervisor names it before they start."""

requests = Counter("voice_requests", "Requests that were answered.", ("pages", "method", "status"))
seconds = Histogram("voice_request_seconds", "How long an answer took.", ("pages",), buckets=SECONDS)
leads_now = Gauge("voice_jobs_led", "Processes that do the jobs: one, or the jobs wait.", multiprocess_mode="livesum")
failures = Counter("voice_job_failures", "Jobs that failed and are tried again.", ("job",))
done_at = Gauge("voice_job_done", "When a job was last done (Unix time).", ("job",), multiprocess_mode="mostrecent")


class JobFigures:
    """What the jobs say of themselves (``voice/running/jobs.py``)."""

    def leading(self, leads: bool) -> None:
        leads_now.set(leads)

    def done(self, job: str) -> None:
        done_at.labels(job).set_to_current_time()

    def failed(self, job: str) -> None:
        failures.labels(job).inc()


def written() -> tuple[bytes, str]:
    """All figures, of every process that serves, and the type of their format."""
    if os.environ.get(FOLDER):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry = prometheus_client.REGISTRY
    return prometheus_client.generate_latest(registry), prometheus_client.CONTENT_TYPE_LATEST
