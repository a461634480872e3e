"""Only Meta's servers and the API's own get our token."""

import pytest
from cloud_api import media_url
from cloud_api.errors import MediaError

GRAPH = "https://graph.facebook.com"
SIMULATOR = "http://127.0.0.1:8079"


@pytest.mark.parametrize(
    ("url", "api_url"),
    [
        ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=2", GRAPH),
        ("https://mmg.whatsapp.net/v/t62", GRAPH),
        ("https://LOOKASIDE.FBSBX.COM:443/x", GRAPH),
        ("https://facebook.com/x", GRAPH),
        ("http://127.0.0.1:8079/media/1", SIMULATOR),
        ("http://127.0.0.1:8079/media/1", SIMULATOR + "/prefix"),
        ("https://cdn.example.com/x", GRAPH),
    ],
)
def test_allowed(url, api_url):
    assert media_url.check(url, api_url, ["cdn.example.com"]) is None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://evilfbsbx.com/x",
        "https://fbsbx.com.evil.com/x",
        "https://evil.com/?fbsbx.com",
        "https://evil.com/#.fbsbx.com",
        "https://lookaside.fbsbx.com@evil.com/x",
        "https://evil.com\\@lookaside.fbsbx.com/x",
        "https://evil.com\\.fbsbx.com/x",
        "https://evil.com\t.fbsbx.com/x",
        " https://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com/x\n",
        "https://lookaside.fbsbx.com:x/",
        "https://lookaside.fbsbx.com:99999/",
        "https:///x",
        "//lookaside.fbsbx.com/x",
        "file:///etc/passwd",
        "ftp://lookaside.fbsbx.com/x",
        "http://127.0.0.1:8069/web",
        "http://localhost:8079/media/1",
        "https://127.0.0.1:8079/media/1",
        "http://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://ｆbsbx.com/x",
    ],
)
def test_refused(url):
    for api_url in (GRAPH, SIMULATOR):
        with pytest.raises(MediaError):
            media_url.check(url, api_url)


def test_an_api_address_that_is_none_allows_nothing_more():
    with pytest.raises(MediaError):
        media_url.check("nonsense", "nonsense")
