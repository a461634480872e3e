from . import floor

__all__ = ["floor"]
