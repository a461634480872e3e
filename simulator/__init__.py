"""Meta's Graph API for WhatsApp and the customers' phones, played on loopback.

Start it with ``python -m simulator``; see README.md for the endpoints.
"""
