"""Real recordings for tests: a tone, written by FFmpeg in any format."""

import array
import io
import math

import av

_FRAME = 960


def tone(file_format, codec, *, channels=1, rate=48000, seconds=1.0):
    """Return a file with a tone of 440 Hz.

    :param str file_format: FFmpeg's name, such as ``mp3``
    :param str codec: FFmpeg's name, such as ``libmp3lame``
    """
    written = io.BytesIO()
    layout = "mono" if channels == 1 else "stereo"
    with av.open(written, "w", format=file_format) as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        resampler = av.AudioResampler(
            format=stream.format.name, layout=layout, rate=rate, frame_size=stream.frame_size or 0
        )
        for start in range(0, int(rate * seconds), _FRAME):
            for frame in resampler.resample(_frame(start, rate, layout)):
                container.mux(stream.encode(frame))
        for frame in resampler.resample(None):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return written.getvalue()


def heard(content):
    """Return the codec, the number of channels and the seconds of a recording."""
    with av.open(io.BytesIO(content)) as container:
        stream = container.streams.audio[0]
        frames = list(container.decode(stream))
        seconds = sum(frame.samples / frame.sample_rate for frame in frames)
        return stream.codec_context.name, stream.codec_context.channels, seconds


def _frame(start, rate, layout):
    channels = 1 if layout == "mono" else 2
    wave = array.array("h")
    for place in range(start, start + _FRAME):
        wave.extend([int(9000 * math.sin(2 * math.pi * 440 * place / rate))] * channels)
    frame = av.AudioFrame(format="s16", layout=layout, samples=_FRAME)
    frame.planes[0].update(wave.tobytes())
    frame.sample_rate = rate
    frame.pts = start
    return frame
