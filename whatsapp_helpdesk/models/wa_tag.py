from random import randint

from odoo import fields, models


class WaTag(models.Model):
    _name = "wa.tag"
    _description = "WhatsApp Conversation Tag"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer(default=lambda self: randint(1, 11))

    _name_unique = models.UniqueIndex("(name)", "This tag exists already.")
