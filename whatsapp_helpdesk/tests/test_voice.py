import os
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.addons.whatsapp_helpdesk.cloud_api import limits
from odoo.addons.whatsapp_helpdesk.work.voice import VOICE_TYPE, to_voice_note
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from .recordings import heard, tone

LOGGER = "odoo.addons.whatsapp_helpdesk.work.voice"


@tagged("post_install", "-at_install")
class TestVoice(BaseCase):
    """Recordings become what WhatsApp shows as a voice note."""

    def assertVoiceNote(self, note, seconds):
        self.assertTrue(note.is_voice)
        self.assertEqual(note.mime_type, VOICE_TYPE)
        codec, channels, length = heard(note.content)
        self.assertEqual((codec, channels), ("opus", 1))
        self.assertAlmostEqual(length, seconds, delta=0.1)

    def without_converter(self, path=""):
        """Take away FFmpeg in both of its shapes, but for programs in ``path``."""
        self.startPatcher(patch.object(sys, "executable", ""))
        self.startPatcher(patch.dict(os.environ, PATH=path))

    def test_what_browsers_and_phones_record_becomes_opus_with_one_channel(self):
        for file_format, codec, channels, rate in (
            ("mp3", "libmp3lame", 1, 44100),  # Odoo's recorder
            ("webm", "libopus", 2, 48000),
            ("ogg", "libopus", 2, 48000),
            ("mp4", "aac", 2, 44100),
            ("wav", "pcm_s16le", 1, 16000),
            ("amr", "libopencore_amrnb", 1, 8000),
        ):
            with self.subTest(f"{file_format} {codec}"):
                recording = tone(file_format, codec, channels=channels, rate=rate, seconds=1.2)
                self.assertVoiceNote(to_voice_note(recording, "audio/x"), 1.2)

    def test_a_voice_note_stays_as_it_is(self):
        recording = tone("ogg", "libopus")
        note = to_voice_note(recording, "audio/ogg")
        self.assertIs(note.content, recording)
        self.assertVoiceNote(note, 1.0)

    def test_without_a_converter_a_recording_is_an_audio_file(self):
        recording = tone("mp3", "libmp3lame")
        self.without_converter()
        note = to_voice_note(recording, "audio/mp3")
        self.assertFalse(note.is_voice)
        self.assertEqual((note.content, note.mime_type), (recording, "audio/mpeg"))

    def test_the_program_ffmpeg_does_it_where_the_package_is_missing(self):
        recording, voice_note = tone("mp3", "libmp3lame"), tone("ogg", "libopus")
        with tempfile.TemporaryDirectory() as folder:
            prepared, arguments = Path(folder, "note.ogg"), Path(folder, "arguments")
            prepared.write_bytes(voice_note)
            program = Path(folder, "ffmpeg")
            program.write_text(f'#!/bin/sh\necho "$@" > {arguments}\n/bin/cat {prepared}\n')
            program.chmod(0o755)
            self.without_converter(path=folder)
            self.assertVoiceNote(to_voice_note(recording, "audio/mpeg"), 1.0)
            self.assertIn("-f mp3 -i", arguments.read_text())
            self.assertIn("-ac 1", arguments.read_text())

    def test_what_cannot_be_read_is_returned_unchanged(self):
        half = tone("mp4", "aac", seconds=0.3)[:200]
        playlist = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"
        too_long = tone("wav", "pcm_s16le") + bytes(limits.AUDIO_BYTES)
        for content in (b"", b"RIFF", half, playlist, too_long, b"<html>"):
            with self.subTest(content[:12]), mute_logger(LOGGER):
                note = to_voice_note(content, "audio/mp4; codecs=mp4a")
                self.assertFalse(note.is_voice)
                self.assertEqual(note.content, content)
