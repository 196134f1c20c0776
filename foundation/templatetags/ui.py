"""The components as template tags: one library, gathered from the face's rooms."""

from django import template

from foundation.face.tags import charts, forms, kept, pages, records, shells, values

register = template.Library()
for part in (values, shells, forms, records, charts, kept, pages):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
