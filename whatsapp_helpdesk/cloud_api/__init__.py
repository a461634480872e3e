"""What Meta's WhatsApp Cloud API says and what follows from it, as plain data and functions.

Nothing here imports Odoo, reads a clock or draws a random number: time and chance are arguments.
Import the module that you need (``from .cloud_api import parse``); this file stays empty so that
importing one of them costs nothing else.
"""
