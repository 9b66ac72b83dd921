"""The roll call for Django. Import from the chapter."""

from labels.instruments.reflections.models import Reflection, ReflectionRequest, Share

__all__ = ["Reflection", "ReflectionRequest", "Share"]
