"""Asks Meta how accounts and numbers are; the calls run without a transaction."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from ..cloud_api.account_answers import NumberInfo, TokenInfo
from ..cloud_api.client import CloudApiClient
from ..cloud_api.errors import CloudApiError
from .transactions import in_transaction

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Probe:
    """What to ask of one account.

    :param numbers: Meta's ids of the numbers by our id
    """

    account_id: int
    connect: Callable[[requests.Session], CloudApiClient] = field(repr=False)  # holds the token
    app_uid: str
    numbers: dict[int, str]


@dataclass(frozen=True)
class Probed:
    """What came back: for each question the answer or the error."""

    account_id: int
    token: TokenInfo | CloudApiError
    numbers: dict[int, NumberInfo | CloudApiError]


def run(registry) -> None:
    """Ask for every account, and store what comes back; one account's trouble is its own."""
    for probe in in_transaction(registry, lambda env: env["wa.account"]._prepare_probes()):
        probed = ask(probe)
        try:
            in_transaction(registry, lambda env, p=probed: env["wa.account"]._store_probed(p))
        except Exception:
            _logger.exception("storing what Meta says of account %s", probe.account_id)


def ask(probe: Probe) -> Probed:
    """Ask Meta; never raises a `CloudApiError`."""
    with requests.Session() as session:
        client = probe.connect(session)
        return Probed(
            account_id=probe.account_id,
            token=_answer(client.token_info, probe.app_uid),
            numbers={
                channel_id: _answer(client.phone_number, phone_number_uid)
                for channel_id, phone_number_uid in probe.numbers.items()
            },
        )


def _answer(question, *args):
    try:
        return question(*args)
    except CloudApiError as error:
        return error
