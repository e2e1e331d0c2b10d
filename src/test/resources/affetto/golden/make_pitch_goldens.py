"""Makes the pitch tracks that the golden tests compare with; needs librosa 0.11.0 and numpy.

    python make_pitch_goldens.py      writes pyin_*.txt beside this script

Each file: the shape on the first line, then the fundamental frequency of each frame in Hz, 0 where
unvoiced, then the probability that the frame is voiced. The signals are built here and in
PyinGoldenTest.java by the same arithmetic, rounded to single precision and tracked in double, so
that rounding decides as little as possible.
"""
import pathlib
import warnings

import librosa
import numpy as np

assert librosa.__version__ == "0.11.0", librosa.__version__
HERE = pathlib.Path(__file__).parent
warnings.filterwarnings("ignore", message="With fmin=")
SR = 22050


def tone(hz, n):
    return np.sin(2 * np.pi * hz * np.arange(n) / SR)


def chirp(n):
    """From 100 to 600 Hz in a second."""
    t = np.arange(n) / SR
    return np.sin(2 * np.pi * (100 * t + 250 * t * t))


def noise(n):
    values = np.empty(n)
    state = 12345
    for i in range(n):
        state = (state * 1664525 + 1013904223) % 2**32
        values[i] = state / 2**32 - 0.5
    return values


def speech(seconds, sr):
    """signal() of make_goldens.py."""
    n = int(round(seconds * sr))
    t = np.arange(n) / sr
    phase = 140 * t + 20 * t * t
    voice = sum(np.sin(2 * np.pi * h * phase) / h for h in range(1, 9))
    envelope = np.sin(2 * np.pi * t / seconds) ** 2
    return envelope * (0.2 * voice + 0.01 * noise(n))


def pulses(apart, n):
    values = np.zeros(n)
    values[::apart] = 1
    return values


def write(name, y, sr=SR, fmin=65, fmax=1000, **more):
    y = y.astype(np.float32).astype(np.float64)
    f0, _, probability = librosa.pyin(y, fmin=fmin, fmax=fmax, sr=sr, **more)
    with open(HERE / ("pyin_%s.txt" % name), "w", encoding="ascii") as out:
        out.write("2 %d\n" % len(f0))
        for row in (np.nan_to_num(f0, nan=0), probability):
            out.write(" ".join("%.8g" % v for v in row) + "\n")


def main():
    half = SR // 2
    write("tone_low", tone(110, SR))
    write("tone_high", 0.3 * tone(987.7, SR))
    write("octave_jump", np.hstack([tone(220, half), tone(440, half)]))
    write("chirp", chirp(SR))
    write("noise", noise(SR))
    write("silence", np.zeros(SR))
    write("pulses", pulses(147, SR))
    write("step", np.hstack([np.zeros(half), np.ones(half)]))
    write("one_sample", np.ones(1))
    write("shorter_than_a_frame", tone(200, 700))
    write("odd_length", tone(300, 12345))
    write("noisy_tone", tone(300, SR) + 1.2 * noise(SR))
    write("speech", speech(3.2, SR))
    write("speech_16000", speech(3.2, 16000), 16000, 55, 1000, frame_length=1024, hop_length=160)
    write(
        "every_parameter",
        speech(2, 16000),
        16000,
        80,
        2000,
        frame_length=1001,
        hop_length=170,
        n_thresholds=40,
        beta_parameters=(1.5, 6),
        boltzmann_parameter=1,
        resolution=0.35,
        max_transition_rate=9,
        switch_prob=0.2,
        no_trough_prob=0.1,
    )


main()
