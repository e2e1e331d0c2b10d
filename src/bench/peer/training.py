"""Affetto's training against PyTorch's: the same networks, batches and threads, taking turns.

    training.py THREADS JAVA...     JAVA...: the command that runs a class of the benches

Prints rows per second of training and of inference of recipe-cnn (batch 64) and of logmel-attention
(batch 32), ours and PyTorch's, and of the latter on Deeplearning4j's own layers; the last line is
`recipe=R logmel=R stock=R`: training, ours over PyTorch, over PyTorch, over Deeplearning4j's.
PyTorch runs with its tensors as they come and channels last, Affetto as one network on all threads and
as a worker of one thread for each of them, averaged every 20 minibatches; the faster counts for both.
"""

import statistics
import subprocess
import sys
import time

import torch
from torch import nn
from torch.nn import functional

LOG = "target/training-bench.log"
ROUNDS = 5
WARM_UP = 250


def block(channels, filters, kernel=(3, 3), stride=1, pool=False):
    """Convolution, pooling, batch normalisation and ReLU, in ConvBlock's order."""
    padding = tuple(size // 2 for size in kernel)
    layers = [nn.Conv2d(channels, filters, kernel, stride, padding, bias=False)]
    layers += [nn.MaxPool2d(2)] if pool else []
    return layers + [nn.BatchNorm2d(filters, eps=1e-3), nn.ReLU()]


class Fold(nn.Module):
    """Neighbouring bands as the channels of one."""

    def __init__(self, cells):
        super().__init__()
        self.cells = cells

    def forward(self, x):
        return x.unflatten(3, (-1, self.cells)).squeeze(1).permute(0, 3, 1, 2)


class AttentiveStatistics(nn.Module):
    def __init__(self, size, hidden):
        super().__init__()
        self.hidden = nn.Linear(size, hidden)
        self.score = nn.Linear(hidden, 1, bias=False)

    def forward(self, x):
        moments = x.permute(0, 2, 3, 1).flatten(2)
        attention = self.score(torch.tanh(self.hidden(moments))).softmax(1)
        mean = (attention * moments).sum(1)
        variance = (attention * moments * moments).sum(1) - mean * mean
        return torch.cat([mean, (variance.clamp_min(0) + 1e-4).sqrt()], 1)


def recipe():
    layers = []
    for channels, filters in ((1, 256), (256, 256), (256, 128), (128, 64)):
        layers += [nn.Conv1d(channels, filters, 5, padding=2), nn.ReLU(), nn.MaxPool1d(5, 2, 2)]
        if filters == 128:
            layers.append(nn.Dropout(0.2))
    layers += [nn.Flatten(), nn.Linear(704, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 8)]
    return nn.Sequential(*layers), torch.randn(64, 1, 162)


def logmel():
    network = nn.Sequential(
        Fold(2), *block(2, 16, (5, 3), (2, 1)), *block(16, 32, stride=(1, 2)),
        *block(32, 64, pool=True), *block(64, 96, pool=True), *block(96, 128), *block(128, 128),
        AttentiveStatistics(512, 64),
        nn.Dropout(0.4), nn.Linear(1024, 128), nn.ReLU(), nn.Dropout(0.4), nn.Linear(128, 8),
    )
    return network, torch.randn(32, 1, 208, 64)


class Peer:
    """A network of PyTorch's."""

    def __init__(self, network, batch, channels_last=False):
        if channels_last:
            network = network.to(memory_format=torch.channels_last)
            batch = batch.to(memory_format=torch.channels_last)
        self.network, self.batch = network, batch
        self.labels = torch.randint(8, (len(batch),))
        self.optimizer = torch.optim.AdamW(network.parameters(), 1e-3)

    def run(self, training, steps):
        start = time.perf_counter()
        self.network.train(training)
        for _ in range(steps):
            if training:
                self.optimizer.zero_grad()
                functional.cross_entropy(self.network(self.batch), self.labels).backward()
                nn.utils.clip_grad_norm_(self.network.parameters(), 5)
                self.optimizer.step()
            else:
                with torch.no_grad():
                    self.network(self.batch)
        return time.perf_counter() - start


class Affetto:
    """A network in the Java process."""

    def __init__(self, process, name, batch):
        self.process, self.name, self.batch = process, name, batch

    def run(self, training, steps):
        print(self.name, "train" if training else "infer", steps, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().split()
        if len(answer) != 2:
            sys.exit("training.py: Affetto's process ended early: see " + LOG)
        return float(answer[1])


class Workers:
    """A worker of one thread for each thread, as `train` does by default; reports its own rate."""

    STEPS = 80  # minibatches of an epoch, all workers together; one goes before to warm up

    def __init__(self, process, network, batch, threads):
        self.process, self.batch = process, batch
        self.command = "%s resident %d 20 %d" % (network, threads, self.STEPS)

    def run(self, training, steps):
        print(self.command, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit("training.py: Affetto's workers ended early: see " + LOG)
        return len(self.batch) * steps / float(answer[1])


def race(name, runners, training, steps):
    """Rows per second of each, the median of the rounds; all take turns."""
    rates = {who: [] for who in runners}
    for who, runner in runners.items():
        # A training takes minutes: the JIT compiler's first half a minute doesn't count.
        runner.run(training, {"Affetto": WARM_UP, "stock": 2}.get(who, 20))
    for _ in range(ROUNDS):
        for who, runner in runners.items():
            count = max(1, steps // 5) if who == "stock" else steps
            rates[who].append(len(runner.batch) * count / runner.run(training, count))
    median = {who: statistics.median(values) for who, values in rates.items()}
    for who, values in rates.items():
        kind = "training" if training else "inference"
        listed = " ".join("%.1f" % rate for rate in sorted(values))
        print("%-7s %-9s %-14s %8.1f rows/s (%s)" % (name, kind, who, median[who], listed), flush=True)
    return median


def start(*words):
    """A class of the benches with these arguments; what it logs goes to a file."""
    return subprocess.Popen(
        sys.argv[2:] + list(words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=open(LOG, "a"),
        text=True,
    )


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    process = start("affetto.bench.TrainingWorker", str(threads))
    averaging = start("affetto.bench.AveragingWorker", str(threads))
    averaging.stdout.readline()
    one, best = {}, {}
    for name, network, make, steps in (
        ("recipe", "recipe-cnn", recipe, 20),
        ("logmel", "logmel-attention", logmel, 10),
    ):
        runners = {"PyTorch": Peer(*make())}
        batch = runners["PyTorch"].batch
        runners["Affetto"] = Affetto(process, name, batch)
        if name == "logmel":
            runners["channels last"] = Peer(*make(), channels_last=True)
            runners["stock"] = Affetto(process, "stock", batch)
        race(name, runners, False, steps)
        runners["workers"] = Workers(averaging, network, batch, threads)
        rates = race(name, runners, True, steps)
        peer = max(rates["PyTorch"], rates.get("channels last", 0))
        ours = max(rates["Affetto"], rates["workers"])
        one[name], best[name] = rates["Affetto"] / peer, ours / peer
        if "stock" in rates:
            best["stock"] = rates["Affetto"] / rates["stock"]
    print("%d threads, PyTorch %s" % (threads, torch.__version__))
    print("one network on all threads: recipe=%.2f logmel=%.2f" % (one["recipe"], one["logmel"]))
    print("recipe=%(recipe).2f logmel=%(logmel).2f stock=%(stock).2f" % best)


main()
