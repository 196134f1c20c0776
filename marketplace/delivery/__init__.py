"""Delivery: projects, milestones, evidence, grades."""
