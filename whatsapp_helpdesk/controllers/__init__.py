from . import stretch, webclient, webhook
