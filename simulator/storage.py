"""Keeps the world in a folder, so that a restart still shows the chats."""

import asyncio
import json
import os
from dataclasses import asdict, fields
from pathlib import Path

from .engine import Simulator
from .templates.model import Template
from .world import AMENDING_TYPES, Account, App, Chat, Customer, Media, Message, Number, World

SAVE_DELAY_SECONDS = 0.5
FORMAT = 1


class Storage:
    """Writes the world to ``folder`` a moment after it changed.

    Webhooks under way and rules are not kept: they belong to one run.
    """

    def __init__(self, sim: Simulator, folder: Path):
        self._sim, self._folder = sim, folder
        self._file, self._media = folder / "state.json", folder / "media"
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Load what the folder holds and save from now on.

        :raises ValueError: when the file is not ours or damaged
        """
        self._media.mkdir(parents=True, exist_ok=True)
        if self._file.exists():
            self._load()
        self._sim.on_save = self._save_soon

    def _load(self) -> None:
        try:
            saved = json.loads(self._file.read_text())
            world = _world_from(saved, self._media)
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise ValueError(
                f"{self._file} cannot be read ({error}): move it away to start afresh."
            ) from error
        self._sim.reset(world)
        self._sim.clock.offset_seconds = saved["offset_seconds"]
        self._sim.settings.update(saved["settings"])
        self._sim.templates.rearm()

    def _save_soon(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(SAVE_DELAY_SECONDS, self.save)

    def save(self) -> None:
        """Write everything now; the old file stays until the new one is complete."""
        if self._timer:
            self._timer.cancel()
        self._timer = None
        self._save_media()
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(_as_json(self._sim)))
        os.replace(fresh, self._file)

    def _save_media(self) -> None:
        wanted = self._sim.world.media
        present = {path.name for path in self._media.iterdir()}
        for uid in wanted.keys() - present:
            (self._media / uid).write_bytes(wanted[uid].content)
        for uid in present - wanted.keys():
            (self._media / uid).unlink()


def _as_json(sim: Simulator) -> dict:
    world = sim.world
    return {
        "format": FORMAT,
        "offset_seconds": sim.clock.offset_seconds,
        "settings": sim.settings.as_json(),
        "apps": [asdict(app) for app in world.apps.values()],
        "accounts": [asdict(account) for account in world.accounts.values()],
        "numbers": [asdict(number) for number in world.numbers.values()],
        "customers": [asdict(customer) for customer in world.customers.values()],
        "media": [_without_content(media) for media in world.media.values()],
        "messages": [_flat(message) for message in world.messages.values()],
        "chats": [_flat(chat, skip="messages") for chat in world.chats.values()],
        "delivered_services": world.delivered_services,
        "templates": [asdict(template) for template in world.templates.values()],
    }


def _flat(record, skip: str = "") -> dict:
    return {f.name: getattr(record, f.name) for f in fields(record) if f.name != skip}


def _without_content(media: Media) -> dict:
    return _flat(media, skip="content")


def _world_from(saved: dict, media_folder: Path) -> World:
    if saved.get("format") != FORMAT:
        raise ValueError("it has another format")
    world = World()
    world.apps = {given["uid"]: App(**given) for given in saved["apps"]}
    world.accounts = {given["uid"]: Account(**given) for given in saved["accounts"]}
    world.numbers = {given["uid"]: Number(**given) for given in saved["numbers"]}
    world.customers = {given["phone"]: Customer(**given) for given in saved["customers"]}
    for given in saved["media"]:
        content = (media_folder / given["uid"]).read_bytes()
        world.media[given["uid"]] = Media(content=content, **given)
    for given in saved["chats"]:
        world.chats[(given["number_uid"], given["phone"])] = Chat(**given)
    for given in saved["messages"]:
        message = Message(**given)
        world.messages[message.wamid] = message
        if message.type not in AMENDING_TYPES:
            world.chat(message.number_uid, message.phone).messages.append(message)
    world.delivered_services = saved["delivered_services"]
    # Folders of earlier versions have none.
    world.templates = {given["uid"]: Template(**given) for given in saved.get("templates", [])}
    return world
