from . import (
    test_contacts,
    test_inbound,
    test_lifecycle,
    test_media,
    test_outbound,
    test_retry,
    test_rights,
    test_routing,
    test_samples,
    test_sending,
    test_statuses,
    test_webhook,
)
