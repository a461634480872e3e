"""Reads templates from Meta; the calls run without a transaction."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import requests

from odoo import fields

from ..cloud_api.client import CloudApiClient
from ..cloud_api.errors import CloudApiError
from ..cloud_api.templates.model import Template
from ..const import TEMPLATE_LOCK
from . import background
from .transactions import in_transaction, worker_lock

_logger = logging.getLogger(__name__)

_OTHER_WORKER_SECONDS = 2.0


@dataclass(frozen=True)
class WantedTemplate:
    """One variant to read.

    :param template_id: our id
    :param uid: Meta's id, '' if it is looked for by name
    """

    template_id: int
    waba_uid: str
    uid: str
    name: str
    language: str


@dataclass(frozen=True)
class Wanted:
    """What to read of one account.

    :param all_templates: whether it is time to read all of them
    :param templates: single ones to read besides
    """

    account_id: int
    connect: Callable[[requests.Session], CloudApiClient] = field(repr=False)  # holds the token
    waba_uid: str
    all_templates: bool
    templates: list[WantedTemplate]


@dataclass(frozen=True)
class Answered:
    """What came back.

    :param asked_at: our time before Meta was asked, naive UTC
    :param found: all templates or the error; None if they were not asked for
    :param single: by our id: the template, None if Meta has none, or the error
    """

    account_id: int
    asked_at: datetime
    found: list[Template] | CloudApiError | None
    single: dict[int, Template | CloudApiError | None]


def run(registry) -> None:
    """Read what is due, one account after the other; one worker per database does it."""
    with worker_lock(registry, TEMPLATE_LOCK) as locked:
        if not locked:
            background.wake_later(registry.db_name, run, _OTHER_WORKER_SECONDS)
            return
        for wanted in in_transaction(
            registry, lambda env: env["wa.account"]._prepare_template_sync()
        ):
            if wanted.all_templates or wanted.templates:
                _sync(registry, wanted)


def _sync(registry, wanted: Wanted) -> None:
    """Ask and store; one account's trouble is its own."""
    answer = ask(wanted)
    try:
        in_transaction(registry, lambda env: env["wa.account"]._store_template_sync(answer))
    except Exception:
        _logger.exception("storing the templates of account %s", wanted.account_id)


def ask(wanted: Wanted) -> Answered:
    """Ask Meta; never raises a `CloudApiError`."""
    asked_at = fields.Datetime.now()
    with requests.Session() as session:
        client = wanted.connect(session)
        found = None
        if wanted.all_templates:
            found = _answer(client.templates, wanted.waba_uid)
        return Answered(
            account_id=wanted.account_id,
            asked_at=asked_at,
            found=found,
            single={
                template.template_id: _answer(read_one, client, template)
                for template in wanted.templates
            },
        )


def read_one(client: CloudApiClient, wanted: WantedTemplate) -> Template | None:
    """Read one variant, by its id or else, if it was made anew, by its name."""
    found = client.template_or_none(wanted.uid) if wanted.uid else None
    return found or client.template_named(wanted.waba_uid, wanted.name, wanted.language)


def _answer(question, *args):
    try:
        return question(*args)
    except CloudApiError as error:
        return error
