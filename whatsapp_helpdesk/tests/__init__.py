from . import (
    test_inbound,
    test_outbound,
    test_webhook,
)
