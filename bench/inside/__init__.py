"""What runs in an Odoo shell: each module has ``main(env, **params)`` and returns plain data."""
