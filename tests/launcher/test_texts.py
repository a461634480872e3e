"""What the launcher reads from other programs and from the user."""

import pytest

from launcher import addons, errors
from launcher.commands import testing
from launcher.errors import LauncherError
from launcher.steps import apt, node_tools
from launcher.testing import odoo_suite, stories

URIS = """\
'http://security.mirror.test/debian-security/dists/bookworm-security/InRelease' x 0
'http://mirror.test/debian/dists/bookworm/InRelease' mirror.test_debian 0
'http://other.test/debian/dists/bookworm/InRelease' other.test_debian 0
"""


def test_mirror_is_the_first_that_is_not_for_security_only():
    assert apt.mirror_in(URIS) == "http://mirror.test/debian"


@pytest.mark.parametrize("listing", ["", "E: nothing configured\n", URIS.splitlines()[0]])
def test_no_mirror(listing):
    assert apt.mirror_in(listing) is None


@pytest.mark.parametrize(
    ("output", "meaning"),
    [
        ("npm error code ENOTFOUND", errors.NO_NETWORK),
        ("W: Failed to fetch http://x  Could not resolve 'x'", errors.NO_NETWORK),
        ("error: Request failed after 3 retries\n caused by: dns error", errors.NO_NETWORK),
        ("SSLError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]')", errors.NOT_TRUSTED),
        ("tar: write error: No space left on device", errors.NO_SPACE),
        ("KeyError: 'x'\n\n", "KeyError: 'x'"),
        ("", "it printed nothing"),
    ],
)
def test_cause_of_a_failure(output, meaning):
    assert errors.explain(output) == meaning


@pytest.mark.parametrize(
    ("text", "version"),
    [("v20.19.2\n", (20, 19, 2)), ("v18.20.4", (18, 20, 4)), ("not found", ()), ("", ())],
)
def test_node_version(text, version):
    assert node_tools.version_in(text) == version
    assert (version >= node_tools.OLDEST) is (version[:1] == (20,))


@pytest.mark.parametrize(
    ("filters", "tags"),
    [
        ([], "/a,/b"),
        (["TestX"], "/a:TestX,/b:TestX"),
        (["TestX.test_y"], "/a:TestX.test_y,/b:TestX.test_y"),
        (["test_y"], "/a.test_y,/b.test_y"),
        (["/a:TestX", "-/b"], "/a:TestX,-/b"),
    ],
)
def test_filters_become_tags(filters, tags):
    assert odoo_suite.tags(filters, ["a", "b"]) == tags


def test_suites_come_first_filters_after():
    assert testing.chosen(["lint", "unit"]) == (["lint", "unit"], [])
    assert testing.chosen(["odoo", "TestX"]) == (["odoo"], ["TestX"])
    everything, filters = testing.chosen([])
    assert everything[:4] == ["lint", "unit", "odoo", "e2e"]
    assert filters == []


def test_unknown_suite_is_refused():
    with pytest.raises(LauncherError, match="no suite 'units'"):
        testing.chosen(["units"])


def test_stories_are_chosen_by_their_names(tmp_path):
    for name in ("story.test.mjs", "window.test.mjs", "helpers.mjs"):
        (tmp_path / name).write_text("")
    assert [file.name for file in stories.files(tmp_path, ["win"])] == ["window.test.mjs"]
    assert len(stories.files(tmp_path, [])) == 2
    assert stories.files(tmp_path / "absent", []) == []


def test_addon_key_changes_with_what_is_installed_only(tmp_path):
    addon = tmp_path / "a"
    (addon / "tests").mkdir(parents=True)
    (addon / "__manifest__.py").write_text("{}")
    (addon / "tests" / "test_x.py").write_text("1")
    first = addons.content_key(tmp_path, ["a"])
    (addon / "tests" / "test_x.py").write_text("2")
    assert addons.content_key(tmp_path, ["a"]) == first
    (addon / "__manifest__.py").write_text("{'name': 'a'}")
    assert addons.content_key(tmp_path, ["a"]) != first
