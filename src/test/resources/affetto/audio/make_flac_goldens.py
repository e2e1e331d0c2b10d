"""Makes the FLAC files of FlacDecoderGoldenTest with libFLAC (by soundfile 0.13).

Run in this folder: python make_flac_goldens.py
Each NAME.flac comes with NAME.pcm: the frames' channels interleaved, 32-bit little-endian integers.
"""

import numpy as np
import soundfile as sf

rng = np.random.default_rng(7)


def signal(n, channels, bits):
    t = np.arange(n)[:, None]
    tone = 0.4 * np.sin(2 * np.pi * t * (0.01 + 0.003 * np.arange(channels)))
    noise = 0.05 * rng.standard_normal((n, channels))
    x = tone + noise
    x[n // 3 : n // 2] = 0.25  # constant: subframes of one value
    top = 2 ** (bits - 1)
    return np.clip(np.round(x * top), -top, top - 1).astype(np.int64)


def write(name, n, channels, bits, rate, level):
    x = signal(n, channels, bits)
    sf.write(
        f"{name}.flac",
        (x << (32 - bits)).astype(np.int32),
        rate,
        subtype={8: "PCM_S8", 16: "PCM_16", 24: "PCM_24"}[bits],
        compression_level=level,
    )
    back, sr = sf.read(f"{name}.flac", dtype="int32", always_2d=True)
    assert sr == rate and (back >> (32 - bits) == x).all()
    x.astype("<i4").tofile(f"{name}.pcm")


write("mono16", 6000, 1, 16, 16000, 1.0)
write("stereo16", 3000, 2, 16, 44100, 0.6)
write("stereo24", 1500, 2, 24, 48000, 1.0)
write("mono8", 2000, 1, 8, 24414, 0.0)
write("six16", 700, 6, 16, 96000, 0.5)
