"""All codes of Meta's reference: what each does to the program and what it concerns.

Columns: code or range, class, scope. The table of the program is compared with this one in both
directions, so that neither a row nor a code can be lost.
"""

import pytest
from cloud_api import errors
from cloud_api.error_table import ERROR_TABLE

CODES = """
0               AuthError       account
1               OutcomeUnknown  message
2               OutcomeUnknown  message
3               AuthError       account
4               RateLimited     account
10              AuthError       account
33              AuthError       channel
100             InvalidRequest  message
102             AuthError       account
104             AuthError       account
190             AuthError       account
200-299         AuthError       account
341             RateLimited     account
368             PolicyError     account
506             InvalidRequest  message
613             RateLimited     account
803             InvalidRequest  message
80007           RateLimited     account
80008           RateLimited     account
130403          RecipientError  recipient
130429          RateLimited     channel
130472          PolicyError     recipient
130497          PolicyError     recipient
130501          InvalidRequest  message
131000          OutcomeUnknown  message
131005          AuthError       account
131008          InvalidRequest  message
131009          InvalidRequest  message
131016          OutcomeUnknown  message
131020          RecipientError  recipient
131021          RecipientError  recipient
131026          RecipientError  recipient
131030          RecipientError  recipient
131031          PolicyError     account
131037          PolicyError     channel
131041          RecipientError  recipient
131042          PolicyError     account
131044          PolicyError     account
131045          AuthError       channel
131047          PolicyError     recipient
131048          PolicyError     channel
131049          PolicyError     recipient
131050          PolicyError     recipient
131051          InvalidRequest  message
131052-131053   MediaError      message
131055          InvalidRequest  message
131056          RateLimited     recipient
131057          TransientError  channel
131059          InvalidRequest  message
131060          CloudApiError   message
131062          RecipientError  message
131063          PolicyError     account
131064          TemplateError   account
131065          PolicyError     recipient
131201-131202   InvalidRequest  message
131203          RecipientError  recipient
131204          InvalidRequest  message
131207          PolicyError     recipient
131208          RateLimited     channel
131209-131210   InvalidRequest  message
131211          InvalidRequest  channel
131212          RecipientError  recipient
131213          InvalidRequest  message
131214-131215   PolicyError     channel
132000-132001   TemplateError   message
132005          TemplateError   message
132007-132008   TemplateError   message
132012          TemplateError   message
132015-132016   TemplateError   message
132018          TemplateError   message
132068-132069   TemplateError   message
133000          InvalidRequest  channel
133004          TransientError  channel
133005-133006   AuthError       channel
133008-133009   PolicyError     channel
133010          AuthError       channel
133015          TransientError  channel
133016          PolicyError     channel
134011          PolicyError     account
134100          InvalidRequest  message
134101          TransientError  message
134102          OutcomeUnknown  message
134103          InvalidRequest  message
135000          InvalidRequest  message
135002          TransientError  message
136024          InvalidRequest  channel
137000          RecipientError  recipient
138000          PolicyError     channel
138001          RecipientError  recipient
138002          RateLimited     channel
138003          InvalidRequest  message
138004          TransientError  message
138005          RateLimited     channel
138006          PolicyError     recipient
138007          TransientError  message
138009          PolicyError     recipient
138012          PolicyError     recipient
138013-138015   PolicyError     channel
138017          InvalidRequest  recipient
138018          PolicyError     channel
138019-138023   TransientError  message
138038          PolicyError     recipient
139000-139004   TemplateError   message
139100-139102   RecipientError  recipient
139103          TransientError  message
147001          InvalidRequest  channel
147002          PolicyError     channel
147003-147005   InvalidRequest  channel
200005-200007   TemplateError   account
1752041         InvalidRequest  account
2388001         InvalidRequest  channel
2388012         InvalidRequest  channel
2388019         TemplateError   account
2388023-2388024 TemplateError   message
2388039-2388040 TemplateError   message
2388043         TemplateError   message
2388047         TemplateError   message
2388072-2388073 TemplateError   message
2388091         InvalidRequest  channel
2388093         InvalidRequest  channel
2388103         InvalidRequest  channel
2388293         TemplateError   message
2388299         TemplateError   message
2494100         TransientError  channel
2494191         InvalidRequest  recipient
2593079         InvalidRequest  channel
2593085         InvalidRequest  channel
2593107-2593109 InvalidRequest  channel
"""


def _rows():
    for row in CODES.split("\n"):
        if row:
            codes, class_name, scope = row.split()
            first, _dash, last = codes.partition("-")
            for code in range(int(first), int(last or first) + 1):
                yield code, class_name, scope


ROWS = list(_rows())


def test_the_table_of_the_program_has_exactly_these_codes():
    assert len(ROWS) == len({code for code, _class, _scope in ROWS})
    assert {code for code, _class, _scope in ROWS} == set(ERROR_TABLE)


@pytest.mark.parametrize(("code", "class_name", "scope"), ROWS)
def test_a_code(code, class_name, scope):
    assert errors.error_class(code).__name__ == class_name
    assert ERROR_TABLE[code].scope == scope
