"""Makes the numbers that the golden tests compare with; needs librosa 0.11.0 and numpy.

    python make_goldens.py            writes *.txt beside this script

Each file: the shape on the first line, then the values, row-major. The signal is built here and in
GoldenSignal.java by the same arithmetic, so it need not be stored. Transforms are computed in
double precision, because librosa's phase vocoder loses about 60 dB in single; features in single,
as librosa.load hands them over.
"""
import pathlib
import warnings

import librosa
import numpy as np

assert librosa.__version__ == "0.11.0", librosa.__version__
HERE = pathlib.Path(__file__).parent
warnings.filterwarnings("ignore", message="n_fft=")


def signal(seconds, sr):
    """A gliding voice with eight harmonics, two syllables and faint noise, float32."""
    n = int(round(seconds * sr))
    t = np.arange(n) / sr
    phase = 140 * t + 20 * t * t
    voice = sum(np.sin(2 * np.pi * h * phase) / h for h in range(1, 9))
    envelope = np.sin(2 * np.pi * t / seconds) ** 2
    noise = np.empty(n)
    state = 12345
    for i in range(n):
        state = (state * 1664525 + 1013904223) % 2**32
        noise[i] = state / 2**32 - 0.5
    return (envelope * (0.2 * voice + 0.01 * noise)).astype(np.float32)


def write(name, values):
    values = np.atleast_2d(np.asarray(values, dtype=np.float64))
    with open(HERE / (name + ".txt"), "w", encoding="ascii") as out:
        out.write("%d %d\n" % values.shape)
        for row in values:
            out.write(" ".join("%.8g" % v for v in row) + "\n")


def recipe(y, sr=22050):
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


def load(y, sr):
    """What librosa.load(path, offset=0.6, duration=2.5) does with samples already read."""
    start = int(0.6 * sr)
    return librosa.resample(y[start : start + int(2.5 * sr)], orig_sr=sr, target_sr=22050)


def main():
    y = signal(1.0, 22050)
    y64 = y.astype(np.float64)
    spectra = librosa.stft(y64)[::16, [0, 1, 11, 43]].T
    write("stft_re", spectra.real)
    write("stft_im", spectra.imag)
    write("mel_filters", librosa.filters.mel(sr=22050, n_fft=2048)[::9, ::5])
    write("chroma_filters", librosa.filters.chroma(sr=22050, n_fft=2048, tuning=0.13)[:, ::8])
    write("tuning", librosa.estimate_tuning(S=np.abs(librosa.stft(y)), sr=22050))
    stretched = librosa.effects.time_stretch(y64, rate=0.8)
    write("time_stretch", stretched[::40])
    write("pitch_shift", librosa.effects.pitch_shift(y64, sr=22050, n_steps=0.7)[::40])
    for sr in (11025, 16000, 24414, 44100, 48000):
        write("resample_%d" % sr, load(signal(3.2, sr).astype(np.float64), sr)[::60])
    clip = load(signal(3.2, 16000), 16000)
    changed = librosa.effects.time_stretch(clip.astype(np.float64), rate=0.8)
    changed = librosa.effects.pitch_shift(changed, sr=22050, n_steps=0.7)
    short = signal(0.05, 22050)
    silent = np.zeros(22050, np.float32)
    rows = [clip, changed.astype(np.float32), y, short, silent]
    write("recipe_rows", [recipe(row) for row in rows])
    s16 = signal(1.0, 16000)
    mel = librosa.feature.melspectrogram(
        y=s16, sr=16000, n_fft=512, win_length=400, hop_length=160, n_mels=64, fmin=50, fmax=5500
    )
    write("logmel", librosa.power_to_db(mel).T[::5])


main()
