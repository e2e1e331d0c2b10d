"""Affetto's features against librosa's: the same files, one thread each, taking turns.

    features.py FILES JAVA...     FILES: a list of WAV files; JAVA...: the command of FeatureWorker

Both work from the bytes of a file: to the three rows of recipe-162 (clean, with noise, stretched
and shifted), and to logmel-64 at 16 kHz (soundfile + soxr + librosa on Python's side). Prints
processor time per clip of all threads of each process, garbage collection and compilation
included, the ratio of the medians over the rounds, and how far the numbers are apart; the last line
is `ratio=R logmel=R`.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"

import statistics
import struct
import subprocess
import sys
import tempfile
import time
import warnings

import librosa
import numpy as np
import soundfile

ROUNDS = 5
WARM_UPS = 8
RATE = 22050

warnings.filterwarnings("ignore", message="n_fft=")
warnings.filterwarnings("ignore", message="Trying to estimate tuning")


def features(y):
    magnitude = np.abs(librosa.stft(y))
    parts = [
        librosa.feature.zero_crossing_rate(y=y),
        librosa.feature.chroma_stft(S=magnitude, sr=RATE),
        librosa.feature.mfcc(y=y, sr=RATE),
        librosa.feature.rms(y=y),
        librosa.feature.melspectrogram(y=y, sr=RATE),
    ]
    return np.hstack([np.mean(part.T, axis=0) for part in parts])


def recipe(path, random):
    y, _ = librosa.load(path, sr=RATE, offset=0.6, duration=2.5)
    level = 0.035 * random.uniform() * np.amax(y)
    noisy = y + level * random.normal(size=y.shape[0])
    return [features(y), features(noisy), features(shifted(y))]


def loaded_scaled(path):
    """As librosa loads it, but for rounding."""
    y, rate = librosa.load(path, sr=None, offset=0.6, duration=2.5)
    y = librosa.resample(y * np.float32(0.3), orig_sr=rate, target_sr=RATE)
    return y / np.float32(0.3)


def shifted(y):
    stretched = librosa.effects.time_stretch(y, rate=0.8)
    return librosa.effects.pitch_shift(stretched, sr=RATE, n_steps=0.7)


def logmel(path):
    y, rate = soundfile.read(path, dtype="float32")
    if y.ndim > 1:
        y = y.mean(axis=1)
    if rate != 16000:
        y = librosa.resample(y, orig_sr=rate, target_sr=16000, res_type="soxr_hq")
    mel = librosa.feature.melspectrogram(
        y=y, sr=16000, n_fft=512, win_length=400, hop_length=160, n_mels=64, fmin=50, fmax=5500
    )
    return librosa.power_to_db(mel).T


class Affetto:
    """The Java process."""

    def __init__(self, command, files):
        self.process = subprocess.Popen(
            command + [files], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, line):
        print(line, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().split()
        if len(answer) != 2:
            sys.exit("features.py: Affetto's process ended early")
        return float(answer[1])

    def rows(self):
        """Per file: three rows and a flat matrix."""
        with tempfile.NamedTemporaryFile() as dump:
            self.ask("dump " + dump.name)
            data = dump.read()
        arrays = []
        at = 0
        while at < len(data):
            (count,) = struct.unpack_from("<i", data, at)
            arrays.append(np.frombuffer(data, "<f4", count, at + 4))
            at += 4 + 4 * count
        return [arrays[i : i + 4] for i in range(0, len(arrays), 4)]


def seconds(work, paths):
    start = time.process_time()
    for path in paths:
        work(path)
    return time.process_time() - start


def race(name, affetto, work, paths):
    for _ in range(WARM_UPS):
        affetto.ask(name)
    for path in paths[:5]:
        work(path)
    theirs, ours = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(work, paths) / len(paths))
        ours.append(affetto.ask(name) / len(paths))
    print(
        "%-7s librosa %6.2f ms a clip (%s), Affetto %6.3f ms (%s)"
        % (
            name,
            1e3 * statistics.median(theirs),
            " ".join("%.2f" % (1e3 * s) for s in sorted(theirs)),
            1e3 * statistics.median(ours),
            " ".join("%.3f" % (1e3 * s) for s in sorted(ours)),
        )
    )
    return statistics.median(theirs) / statistics.median(ours)


def apart(a, b, spread):
    """Mean absolute difference of each feature in its standard deviations; the worst of each kind."""
    mean = np.mean(np.abs(a - b), axis=0) / spread
    mel_hz = librosa.mel_frequencies(n_mels=130, fmin=0, fmax=RATE / 2)[1:-1]
    mel, high = mean[34:], mel_hz > 10000
    return "all %.5f; worst zcr %.5f, chroma %.5f, mfcc %.5f, rms %.5f, mel to 10 kHz %.5f, above %.5f" % (
        mean.mean(),
        mean[0],
        mean[1:13].max(),
        mean[13:33].max(),
        mean[33],
        mel[~high].max(),
        mel[high].max(),
    )


def compare(ours, paths):
    """How far apart the numbers are; for scale, how far librosa is from itself.

    The tuning that chroma depends on is the fullest bin of a histogram, and in digital silence a
    phase vocoder follows the phases of the resampler's rounding, which it carries into the speech
    that comes after: librosa's own numbers move when a recording is scaled down, loaded, and scaled
    up again.
    """
    random = np.random.default_rng(0)
    theirs = np.array([recipe(path, random) for path in paths], dtype=np.float64)
    nudged = []
    for path in paths:
        nudged.append(features(shifted(loaded_scaled(path))))
    rows = np.array([[row for row in file[:3]] for file in ours], dtype=np.float64)
    spread = np.maximum(np.std(theirs, axis=0), 1e-12)
    print("apart from librosa, in standard deviations of each feature:")
    print("  clean                  ", apart(rows[:, 0], theirs[:, 0], spread[0]))
    print("  stretched and shifted  ", apart(rows[:, 2], theirs[:, 2], spread[2]))
    print("  librosa, scaled on load ", apart(np.array(nudged), theirs[:, 2], spread[2]))
    worst = max(np.abs(file[3].reshape(-1, 64) - logmel(path)).max() for file, path in zip(ours, paths))
    print("logmel-64: largest difference %.4f dB" % worst)


def main():
    list_file, command = sys.argv[1], sys.argv[2:]
    with open(list_file, encoding="utf-8") as lines:
        paths = [line.strip() for line in lines if line.strip()]
    affetto = Affetto(command, list_file)
    random = np.random.default_rng(0)
    compare(affetto.rows(), paths)
    ratio = race("recipe", affetto, lambda path: recipe(path, random), paths)
    logmel_ratio = race("logmel", affetto, logmel, paths)
    print("%d files, librosa %s, numpy %s" % (len(paths), librosa.__version__, np.__version__))
    print("ratio=%.2f logmel=%.2f" % (ratio, logmel_ratio))


main()
