from . import webclient, webhook
