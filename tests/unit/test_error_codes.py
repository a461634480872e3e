"""All codes of Meta's reference: what each does to the program and what it says to a person.

Columns: code or range, class, advice. The table of the program is compared with this one in both
directions, so that neither a row nor a code can be lost.
"""

import pytest
from cloud_api import errors
from cloud_api.error_advice import KEYS, OTHER, advice_of
from cloud_api.error_table import ERROR_TABLE

CODES = """
0               AuthError       token
1               OutcomeUnknown  uncertain
2               OutcomeUnknown  uncertain
3               AuthError       permission
4               RateLimited     wait
10              AuthError       permission
33              AuthError       register
100             InvalidRequest  rejected
102             AuthError       token
104             AuthError       permission
190             AuthError       token
200-299         AuthError       permission
341             RateLimited     wait
368             PolicyError     account_locked
506             InvalidRequest  rejected
613             RateLimited     wait
803             InvalidRequest  rejected
80007           RateLimited     wait
80008           RateLimited     wait
130403          RecipientError  blocked_by_us
130429          RateLimited     wait
130472          PolicyError     less_marketing
130497          PolicyError     country
130501          InvalidRequest  group
131000          OutcomeUnknown  uncertain
131005          AuthError       permission
131008          InvalidRequest  rejected
131009          InvalidRequest  rejected
131016          OutcomeUnknown  uncertain
131020          RecipientError  group
131021          RecipientError  recipient
131026          RecipientError  not_on_whatsapp
131030          RecipientError  test_number
131031          PolicyError     account_locked
131037          PolicyError     display_name
131041          RecipientError  group
131042          PolicyError     payment
131044          PolicyError     payment
131045          AuthError       register
131047          PolicyError     wait_for_customer
131048          PolicyError     spam
131049          PolicyError     less_marketing
131050          PolicyError     opted_out
131051          InvalidRequest  not_readable
131052-131053   MediaError      file
131055          InvalidRequest  rejected
131056          RateLimited     wait_for_recipient
131057          TransientError  wait
131059          InvalidRequest  rejected
131060          CloudApiError   not_readable
131062          RecipientError  needs_phone_number
131063          PolicyError     policy
131064          TemplateError   template
131065          PolicyError     country
131201-131202   InvalidRequest  group
131203          RecipientError  group
131204          InvalidRequest  group
131207          PolicyError     group
131208          RateLimited     group
131209-131211   InvalidRequest  group
131212          RecipientError  group
131213          InvalidRequest  group
131214-131215   PolicyError     group
132000-132001   TemplateError   template
132005          TemplateError   template
132007-132008   TemplateError   template
132012          TemplateError   template
132015-132016   TemplateError   template
132018          TemplateError   template
132068-132069   TemplateError   template
133000          InvalidRequest  register
133004          TransientError  wait
133005-133006   AuthError       register
133008-133009   PolicyError     policy
133010          AuthError       register
133015          TransientError  wait
133016          PolicyError     policy
134011          PolicyError     policy
134100          InvalidRequest  rejected
134101          TransientError  wait
134102          OutcomeUnknown  uncertain
134103          InvalidRequest  rejected
135000          InvalidRequest  rejected
135002          TransientError  wait
136024          InvalidRequest  rejected
137000          RecipientError  identity_changed
138000          PolicyError     call
138001          RecipientError  call
138002          RateLimited     call
138003          InvalidRequest  call
138004          TransientError  call
138005          RateLimited     call
138006          PolicyError     call
138007          TransientError  call
138009          PolicyError     call
138012-138015   PolicyError     call
138017          InvalidRequest  call
138018          PolicyError     call
138019-138023   TransientError  call
138038          PolicyError     handled_elsewhere
139000-139004   TemplateError   template
139100-139102   RecipientError  recipient
139103          TransientError  wait
147001          InvalidRequest  rejected
147002          PolicyError     policy
147003-147005   InvalidRequest  rejected
200005-200007   TemplateError   template
1752041         InvalidRequest  rejected
2388001         InvalidRequest  rejected
2388012         InvalidRequest  rejected
2388019         TemplateError   template
2388039-2388040 TemplateError   template
2388047         TemplateError   template
2388072-2388073 TemplateError   template
2388091         InvalidRequest  rejected
2388093         InvalidRequest  rejected
2388103         InvalidRequest  rejected
2388293         TemplateError   template
2388299         TemplateError   template
2494100         TransientError  wait
2494191         InvalidRequest  handled_elsewhere
2593079         InvalidRequest  rejected
2593085         InvalidRequest  rejected
2593107-2593109 InvalidRequest  rejected
"""


def _rows():
    for row in CODES.split("\n"):
        if row:
            codes, class_name, advice = row.split()
            first, _dash, last = codes.partition("-")
            for code in range(int(first), int(last or first) + 1):
                yield code, class_name, advice


ROWS = list(_rows())


def test_the_table_of_the_program_has_exactly_these_codes():
    assert len(ROWS) == len({code for code, _class, _advice in ROWS})
    assert {code for code, _class, _advice in ROWS} == set(ERROR_TABLE)


@pytest.mark.parametrize(("code", "class_name", "advice"), ROWS)
def test_a_code(code, class_name, advice):
    assert errors.error_class(code).__name__ == class_name
    assert advice_of(code) == advice


def test_every_code_of_the_table_says_something():
    assert OTHER not in {advice for _code, _class, advice in ROWS}
    assert {advice for _code, _class, advice in ROWS} == KEYS - {OTHER}


def test_other_codes_say_the_general():
    assert advice_of(987654) == OTHER
    assert advice_of(-1) == OTHER
