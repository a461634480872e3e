from . import (
    test_inbound,
    test_lifecycle,
    test_outbound,
    test_routing,
    test_samples,
    test_webhook,
)
