"""The simulator and the addon know the same limits of interactive messages."""

import pytest
from cloud_api.interactive_checks import find_problems
from cloud_api.payloads_interactive import interactive_content

from simulator.graph_errors import GraphError
from simulator.graph_kinds import CHECKS
from tests.unit.interactive_samples import ALL, AT_THE_LIMITS, BROKEN


@pytest.mark.parametrize("content", [*ALL.values(), *AT_THE_LIMITS.values()])
def test_both_take_it(content):
    assert find_problems(content) == []
    CHECKS["interactive"](interactive_content(content))


@pytest.mark.parametrize("content", [content for content, _reason, _part in BROKEN])
def test_both_refuse_it(content):
    assert find_problems(content)
    with pytest.raises(GraphError):
        CHECKS["interactive"](interactive_content(content))
