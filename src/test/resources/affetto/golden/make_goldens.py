"""Makes the numbers that the golden tests compare with; needs librosa 0.11.0 and numpy.

    python make_goldens.py            writes sounds/, filters.txt and recording.txt beside this script

Each file holds named matrices: a line with name, rows and columns, then the rows. The sounds are
made here and in GoldenSound.java by the same arithmetic, bit for bit (a checksum says so); only the
speech is read from speech.wav, which src/test/java/affetto/synth/GoldenSpeech.java has written.

Features come from single precision, as librosa.load hands samples over. The transform, the vocoder
and the resampler come from the same samples in double precision, since librosa accumulates the
phases of its vocoder in the precision of its input: its own two answers differ by 0.4 % after half
a second of the high tone, and by 5 % after two and a half.

Frames and bins are picked, so that the files stay small; picked frames are written with them.
"""
import pathlib
import warnings
import wave
import zlib

import librosa
import numpy as np

assert librosa.__version__ == "0.11.0", librosa.__version__
HERE = pathlib.Path(__file__).parent
SR = 22050
PICKS = 30
warnings.filterwarnings("ignore", message="n_fft=")
warnings.filterwarnings("ignore", message="Trying to estimate tuning")


def sine(hz, n):
    return np.sin(2 * np.pi * hz * np.arange(n) / SR)


def chirp(n):
    """From 100 Hz, 16000 Hz higher every second."""
    t = np.arange(n) / SR
    return np.sin(2 * np.pi * (100 * t + 8000 * t * t))


def noise(n):
    values = np.empty(n)
    state = 12345
    for i in range(n):
        state = (state * 1664525 + 1013904223) % 2**32
        values[i] = state / 2**32 - 0.5
    return values


def voice(n):
    """A gliding voice with eight harmonics, one syllable and faint noise."""
    t = np.arange(n) / SR
    phase = 140 * t + 20 * t * t
    harmonics = sum(np.sin(2 * np.pi * h * phase) / h for h in range(1, 9))
    envelope = np.sin(np.pi * np.arange(n) / n) ** 2
    return envelope * (0.2 * harmonics + 0.01 * noise(n))


def at(places, n):
    values = np.zeros(n)
    values[places] = 1
    return values


def speech():
    with wave.open(str(HERE / "speech.wav")) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 2**15


def sounds():
    half = SR // 2
    made = {
        "silence": np.zeros(8192),
        "one_sample": np.full(1, 0.5),
        "shorter_than_a_frame": 0.5 * sine(1000, 700),
        "odd_length": voice(9973),
        "tone": 0.5 * sine(440, half),
        "tone_on_a_bin": 0.5 * sine(100 * SR / 2048, half),
        "tone_high": 0.3 * sine(9000, half),
        "chirp": 0.5 * chirp(half),
        "noise": noise(half),
        "faint_noise": 1e-6 * noise(half),
        "impulse": at([5000], half),
        "impulses": at(np.arange(100, half, 700), half),
        "step": np.where(np.arange(half) < 5500, 0, 0.5),
        "square": np.where(np.arange(half) // 40 % 2 == 0, 1, -1),
        "speech": speech(),
    }
    return {name: samples.astype(np.float32) for name, samples in made.items()}


def spread(count, most):
    """At most so many of count things, the first and the last among them."""
    return np.unique(np.rint(np.linspace(0, count - 1, min(count, most))).astype(int))


def recipe(y, sr=SR):
    stft = np.abs(librosa.stft(y))
    return np.hstack(
        [
            np.mean(librosa.feature.zero_crossing_rate(y=y).T, axis=0),
            np.mean(librosa.feature.chroma_stft(S=stft, sr=sr).T, axis=0),
            np.mean(librosa.feature.mfcc(y=y, sr=sr).T, axis=0),
            np.mean(librosa.feature.rms(y=y).T, axis=0),
            np.mean(librosa.feature.melspectrogram(y=y, sr=sr).T, axis=0),
        ]
    )


def spectral(y):
    """The columns of the feature set of that name."""
    f = librosa.feature
    mfcc = f.mfcc(y=y)
    contours = [
        f.zero_crossing_rate(y=y),
        f.rms(y=y),
        f.spectral_centroid(y=y),
        f.spectral_bandwidth(y=y),
        f.spectral_rolloff(y=y),
        f.spectral_flatness(y=y),
        f.spectral_contrast(y=y),
        mfcc,
    ]
    contours = np.vstack(contours).astype(np.float64)
    row = np.column_stack([contours.mean(axis=1), contours.std(axis=1)]).ravel()
    if mfcc.shape[1] < 9:
        return row
    return np.hstack([row, f.delta(mfcc).astype(np.float64).std(axis=1)])


def number(value):
    return "%d" % value if value == int(value) else "%.8g" % value


class Golden:
    """A file of named matrices."""

    def __init__(self):
        self.lines = []

    def add(self, name, values):
        values = np.atleast_2d(np.asarray(values, dtype=np.float64))
        self.lines.append("%s %d %d" % (name, *values.shape))
        self.lines += [" ".join(number(v) for v in row) for row in values]

    def save(self, name):
        text = "\n".join(self.lines) + "\n"
        (HERE / (name + ".txt")).write_text(text, encoding="ascii")


def features(golden, y):
    f = librosa.feature
    stft = librosa.stft(y.astype(np.float64))
    frames = spread(stft.shape[1], 5)
    golden.add("frames", frames)
    golden.add("peak", np.max(np.abs(stft)))
    golden.add("stft_re", stft.real[::32, frames].T)
    golden.add("stft_im", stft.imag[::32, frames].T)
    mel = f.melspectrogram(y=y)
    golden.add("mel", mel[::3, frames].T)
    golden.add("mel_db", librosa.power_to_db(mel)[::3, frames].T)
    mfcc = f.mfcc(y=y)
    golden.add("mfcc", mfcc[:, frames].T)
    if mfcc.shape[1] >= 9:
        golden.add("delta", f.delta(mfcc)[:, frames].T)
        golden.add("delta_delta", f.delta(mfcc, order=2)[:, frames].T)
    magnitude = np.abs(librosa.stft(y))
    golden.add("tuning", librosa.estimate_tuning(S=magnitude, sr=SR))
    golden.add("chroma", f.chroma_stft(S=magnitude, sr=SR)[:, frames].T)
    golden.add("zero_crossing_rate", f.zero_crossing_rate(y=y))
    golden.add("rms", f.rms(y=y))
    golden.add("spectral_centroid", f.spectral_centroid(y=y))
    golden.add("spectral_bandwidth", f.spectral_bandwidth(y=y))
    golden.add("spectral_rolloff", f.spectral_rolloff(y=y))
    golden.add("spectral_flatness", f.spectral_flatness(y=y))
    golden.add("spectral_contrast", f.spectral_contrast(y=y)[:, frames].T)


def rows(golden, y):
    golden.add("recipe", recipe(y))
    golden.add("spectral", spectral(y))
    mel = librosa.feature.melspectrogram(
        y=y, sr=16000, n_fft=512, win_length=400, hop_length=160, n_mels=64, fmin=50, fmax=5500
    )
    frames = spread(mel.shape[1], 5)
    golden.add("logmel_frames", frames)
    golden.add("logmel", librosa.power_to_db(mel)[:, frames].T)


def changes(golden, y):
    """What the augmentations and the resampler make of a sound in double precision."""
    e = librosa.effects
    for rate in (0.8, 1.3):
        pick(golden, "time_stretch_%s" % rate, y, lambda x: e.time_stretch(x, rate=rate))
    for steps in (0.7, -3):
        pick(golden, "pitch_shift_%s" % steps, y, lambda x: e.pitch_shift(x, sr=SR, n_steps=steps))
    for rate in (11025, 16000, 24414, 44100, 48000):
        pick(golden, "resample_%d" % rate, y, lambda x: resampled(x, rate))


def resampled(y, rate):
    """Only what lies below 0.9 of half the lower rate."""
    y = librosa.resample(y, orig_sr=rate, target_sr=SR)
    spectrum = np.fft.rfft(y, n=2**17)
    spectrum[int(0.9 * min(rate, SR) / SR * 2**16) :] = 0
    return np.fft.irfft(spectrum)[: len(y)]


def pick(golden, name, y, change):
    """Adds the length, then samples from end to end and the loudest ones: their places, their
    values, and for how many each stands.

    Only those are picked of which librosa itself is sure: which change by less than a millionth of
    the loudest if its input is rounded otherwise, by 1 in 2^52. The vocoder is not sure where a
    sound comes back to frequencies of which the frames before had nothing but rounding errors, and
    those have phases: at the end of a constant and of a tone in the middle of a bin."""
    changed = change(y)
    loudness = np.abs(changed)
    unsure = np.zeros(len(changed))
    for i in range(16):
        rounding = np.sign(np.roll(noise(len(y) + 16), i)[: len(y)])
        rounded = change(y * (1 + 2.0**-52 * rounding))
        unsure = np.maximum(unsure, np.abs(changed - rounded))
    sure = np.flatnonzero(unsure <= 1e-6 * np.max(loudness))
    loudest = sure[np.argsort(-loudness[sure], kind="stable")[:PICKS]]
    others = np.setdiff1d(sure, loudest)
    others = others[spread(len(others), PICKS)]
    share = (len(sure) - len(loudest)) / max(1, len(others))
    places = np.hstack([loudest, others])
    stands_for = np.hstack([np.ones(len(loudest)), np.full(len(others), share)])
    golden.add(name + "_length", len(changed))
    golden.add(name, [places, changed[places], stands_for])


def filters():
    golden = Golden()
    golden.add("mel", librosa.filters.mel(sr=SR, n_fft=2048)[::9, ::5])
    golden.add("chroma", librosa.filters.chroma(sr=SR, n_fft=2048, tuning=0.13)[:, ::8])
    golden.save("filters")


def signal(seconds, sr):
    """GoldenSignal.make: a longer voice at any rate."""
    n = int(round(seconds * sr))
    t = np.arange(n) / sr
    phase = 140 * t + 20 * t * t
    harmonics = sum(np.sin(2 * np.pi * h * phase) / h for h in range(1, 9))
    envelope = np.sin(2 * np.pi * t / seconds) ** 2
    return (envelope * (0.2 * harmonics + 0.01 * noise(n))).astype(np.float32)


def recording():
    """The recipe's rows of a recording at 16 kHz, as librosa.load(path, offset=0.6, duration=2.5)
    hands it over, and of that stretched and shifted."""
    crop = signal(3.2, 16000)[9600 : 9600 + 40000]
    clip = librosa.resample(crop, orig_sr=16000, target_sr=SR)
    changed = librosa.effects.time_stretch(clip.astype(np.float64), rate=0.8)
    changed = librosa.effects.pitch_shift(changed, sr=SR, n_steps=0.7)
    golden = Golden()
    golden.add("recipe", recipe(clip))
    golden.add("recipe_changed", recipe(changed.astype(np.float32)))
    golden.save("recording")


def main():
    (HERE / "sounds").mkdir(exist_ok=True)
    filters()
    recording()
    for name, y in sounds().items():
        golden = Golden()
        golden.add("sound", [len(y), zlib.crc32(y.tobytes())])
        features(golden, y)
        rows(golden, y)
        changes(golden, y.astype(np.float64))
        golden.save("sounds/" + name)


main()
