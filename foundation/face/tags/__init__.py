"""The template tags, by what they show; `foundation.templatetags.ui` gathers them."""
