from tests.demonstrated import demonstrated, demonstration

__all__ = ["demonstrated", "demonstration"]
