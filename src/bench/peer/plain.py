"""A plain network in PyTorch on the same clips and the same division, to hold ours against.

    plain.py WAREHOUSE NAME:VERSION [SEED] [EPOCHS]

WAREHOUSE holds the features logmel-64, swept clean, and the predictions of the model NAME:VERSION
(by `affetto evaluate`): the speakers of their rows are held out, all others are learnt from. Four
blocks of 3x3 convolution, batch normalisation, ReLU and pooling (32, 48, 64, 96), a bidirectional
GRU of 96, attentive statistics, dropout 0.4; silence trimmed at the ends, each clip's mean of each
band removed, 320 frames; two masks each over time and bands, a roll of the bands; class weights,
classes that a corpus lacks masked; AdamW at 2e-3, one cycle, batches of 32, gradients clipped at 1.
Prints the UAR of each corpus after the last epoch.
"""

import random
import sys

import numpy as np
import pyarrow.dataset as dataset
import torch
from torch import nn
from torch.nn import functional

CLASSES = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"]
CORPORA = {
    "ravdess": CLASSES,
    "cremad": ["neutral", "happy", "sad", "angry", "fearful", "disgust"],
    "savee": [c for c in CLASSES if c != "calm"],
    "tess": [c for c in CLASSES if c != "calm"],
}
FRAMES, BANDS = 320, 64


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        blocks, channels = [], 1
        for filters, pool in ((32, 2), (48, 2), (64, 2), (96, (1, 2))):
            blocks += [
                nn.Conv2d(channels, filters, 3, padding=1, bias=False),
                nn.BatchNorm2d(filters),
                nn.ReLU(),
                nn.MaxPool2d(pool),
            ]
            channels = filters
        self.blocks = nn.Sequential(*blocks)
        self.gru = nn.GRU(96 * 4, 96, batch_first=True, bidirectional=True)
        self.attention = nn.Sequential(nn.Linear(192, 64), nn.Tanh(), nn.Linear(64, 1))
        self.out = nn.Sequential(nn.Dropout(0.4), nn.Linear(384, len(CLASSES)))

    def forward(self, x):
        x = self.blocks(x[:, None]).permute(0, 2, 1, 3).flatten(2)
        x, _ = self.gru(x)
        weight = self.attention(x).softmax(1)
        mean = (weight * x).sum(1)
        spread = ((weight * x * x).sum(1) - mean * mean).clamp_min(1e-5).sqrt()
        return self.out(torch.cat([mean, spread], 1))


def prepared(values, frames):
    """Trimmed, centred, at most FRAMES frames of the middle, zeros around."""
    clip = np.asarray(values, np.float32).reshape(frames, BANDS)
    level = clip.mean(1)
    loud = np.flatnonzero(level > level.max() - 35)
    clip = clip[max(0, loud[0] - 5) : loud[-1] + 6]
    clip = (clip - clip.mean(0)) / 15
    if len(clip) > FRAMES:
        start = (len(clip) - FRAMES) // 2
        clip = clip[start : start + FRAMES]
    padded = np.zeros((FRAMES, BANDS), np.float32)
    start = (FRAMES - len(clip)) // 2
    padded[start : start + len(clip)] = clip
    return padded


def read(warehouse, model):
    told = dataset.dataset(warehouse + "/predictions", partitioning="hive").to_table().to_pylist()
    name, version = model.split(":")
    asked = (name, int(version))
    held_out = {row["speaker"] for row in told if (row["model"], row["version"]) == asked}
    if not held_out:
        sys.exit("plain.py: no predictions of %s in %s: evaluate it first" % (model, warehouse))
    table = dataset.dataset(warehouse + "/features/feature_set=logmel-64", partitioning="hive")
    columns = ["corpus", "speaker", "emotion", "augmentation", "values", "frames"]
    columns += ["duplicate_of", "label_conflict", "silent"]
    rows = table.to_table(columns).to_pylist()
    rows = [
        row
        for row in rows
        if row["augmentation"] == "clean"
        and not (row["duplicate_of"] or row["label_conflict"] or row["silent"])
    ]
    return rows, held_out


def perturbed(batch, rng):
    batch = batch.clone()
    for clip in batch:
        clip.copy_(clip.roll(rng.randint(-2, 2), 1))
        for _ in range(2):
            width, start = rng.randint(0, 40), rng.randint(0, FRAMES - 40)
            clip[start : start + width] = 0
            width, start = rng.randint(0, 8), rng.randint(0, BANDS - 8)
            clip[:, start : start + width] = 0
    return batch


def main():
    warehouse, model = sys.argv[1:3]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    epochs = int(sys.argv[4]) if len(sys.argv) > 4 else 14
    torch.manual_seed(seed)
    rng = random.Random(seed)
    rows, held_out = read(warehouse, model)
    x = torch.from_numpy(np.stack([prepared(row["values"], row["frames"]) for row in rows]))
    y = torch.tensor([CLASSES.index(row["emotion"]) for row in rows])
    mask = torch.tensor([[c not in CORPORA[row["corpus"]] for c in CLASSES] for row in rows])
    test = torch.tensor([row["speaker"] in held_out for row in rows])
    train = torch.nonzero(~test)[:, 0].tolist()
    counts = torch.bincount(y[train], minlength=len(CLASSES)).clamp_min(1)
    weights = len(train) / (len(CLASSES) * counts)
    network = Plain()
    optimizer = torch.optim.AdamW(network.parameters(), 2e-3)
    steps = epochs * (-(-len(train) // 32))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps)
    for epoch in range(epochs):
        network.train()
        rng.shuffle(train)
        total = 0
        for at in range(0, len(train), 32):
            some = train[at : at + 32]
            logits = network(perturbed(x[some], rng)).masked_fill(mask[some], -1e9)
            loss = functional.cross_entropy(logits, y[some], weight=weights)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(some)
        print("epoch %d/%d: loss %.4f" % (epoch + 1, epochs, total / len(train)), flush=True)
    network.eval()
    with torch.no_grad():
        answer = torch.cat([network(part) for part in x[test].split(64)])
    answer = answer.masked_fill(mask[test], -1e9).argmax(1)
    truth, corpus = y[test], [row["corpus"] for row, held in zip(rows, test.tolist()) if held]
    for name in ["all"] + sorted(set(corpus)):
        here = torch.tensor([name in ("all", c) for c in corpus])
        recalls = [
            (answer[here & (truth == c)] == c).float().mean().item()
            for c in range(len(CLASSES))
            if (here & (truth == c)).any()
        ]
        print("%-8s UAR %.1f %%, %d rows" % (name, 100 * np.mean(recalls), int(here.sum())))


main()
