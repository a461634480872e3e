from . import models, wizards


def uninstall_hook(env):
    """Leave no links without a document when the column that points to leads goes."""
    env["wa.conversation.link"].search([("lead_id", "!=", False)]).unlink()
