"""Program: reads an audio file, writes a voice note to standard output. Needs ``av`` only.

``python voice_encoder.py FILE FORMAT SECONDS``: FORMAT is FFmpeg's name of the file's format,
SECONDS how much of it is taken at most.
"""

import io
import sys

import av

_RATE = 48_000
_BIT_RATE = 32_000


def encode(path: str, file_format: str, seconds: float) -> bytes:
    """Return the first audio track as Opus in Ogg with one channel."""
    written = io.BytesIO()
    with av.open(path, format=file_format) as source, av.open(written, "w", format="ogg") as note:
        stream = note.add_stream(
            "libopus", rate=_RATE, layout="mono", options={"application": "voip"}
        )
        stream.bit_rate = _BIT_RATE
        resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
        for frame in source.decode(audio=0):
            if frame.time is not None and frame.time > seconds:
                break
            frame.pts = None
            for piece in resampler.resample(frame):
                note.mux(stream.encode(piece))
        for piece in resampler.resample(None):
            note.mux(stream.encode(piece))
        note.mux(stream.encode(None))
    return written.getvalue()


if __name__ == "__main__":
    _path, _format, _seconds = sys.argv[1:]
    sys.stdout.buffer.write(encode(_path, _format, float(_seconds)))
