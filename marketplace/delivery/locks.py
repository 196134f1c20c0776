"""The order in which a project's rows are locked: agreement, project, milestone."""

from __future__ import annotations

from foundation.operations import lock
from marketplace.agreements.models import Agreement
from marketplace.delivery.models import Milestone, Project


def locked_milestone(milestone: Milestone) -> Milestone:
    """The milestone with its agreement and project locked before it, always in this order."""
    agreement = Agreement.objects.only("pk").get(project__milestones=milestone)
    agreement = lock(agreement, "award__fund", "award__proposal__organisation")
    project = lock(Project(pk=milestone.project_id), "organisation", "buyer")
    project.agreement = agreement
    milestone = lock(milestone)
    milestone.project = project
    return milestone


def locked_project(project: Project) -> Project:
    """The project with its agreement locked before it."""
    agreement = lock(project.agreement, "award__fund", "award__proposal__organisation")
    project = lock(project, "organisation", "buyer")
    project.agreement = agreement
    return project
