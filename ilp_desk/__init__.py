"""The rules of care and of the desk, the use cases, the protocols they need, settings, start-up and exchange.

Never holds Qt, SQL or PDF: windows live in `ui`, tables in `db`, paper in `printing`.
"""

__version__ = "0.1.0"
