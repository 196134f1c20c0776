"""Tests of the organisations room."""
