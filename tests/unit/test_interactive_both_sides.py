"""The simulator and the addon know the same limits of interactive messages."""

import pytest
from cloud_api.interactive import Product, ProductList
from cloud_api.interactive_checks import find_problems
from cloud_api.payloads_interactive import interactive_content

from simulator.graph_errors import GraphError
from simulator.graph_interactive import check_interactive
from tests.unit.interactive_samples import ALL, AT_THE_LIMITS, BROKEN

WITHOUT_CATALOGUE = {
    name: content
    for name, content in ALL.items()
    if not isinstance(content, (Product, ProductList))
}


@pytest.mark.parametrize("content", [*WITHOUT_CATALOGUE.values(), *AT_THE_LIMITS.values()])
def test_both_take_it(content):
    assert find_problems(content) == []
    check_interactive(interactive_content(content))


@pytest.mark.parametrize("content", [content for content, _reason, _part in BROKEN])
def test_both_refuse_it(content):
    assert find_problems(content)
    with pytest.raises(GraphError):
        check_interactive(interactive_content(content))
