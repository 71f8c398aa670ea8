"""The sampled network in vectorised NumPy, to measure against.

Reads one request a line (JSON: file, hidden, blocks, sample, layerSample) and answers one line (JSON: the CPU seconds of
the spectrum and of the node fractal dimensions, tau, the dimensions). Written from the method, not from the published code:
no loop over neurons or weights, one over blocks and one over orders.
"""

import json
import struct
import sys
import time

import numpy as np

ORDERS = np.round(np.arange(-30, 31) / 10, 1)


def open_tensors(path):
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(size))
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + size)

    def tensor(name):
        start, end = header[name]["data_offsets"]
        return data[start:end].view(np.float16).reshape(header[name]["shape"])

    return tensor


def sampled_weights(request):
    """Weights [sources, targets] from the sampled neurons of each layer."""
    hidden, few = request["hidden"], request["layerSample"]
    tensor = open_tensors(request["file"])
    np.random.seed(request["sample"])

    def draw(size, count):
        return np.random.choice(np.arange(size), count, replace=False)

    drawn = [[draw(hidden, few), draw(hidden, few), draw(hidden, few), draw(4 * hidden, 2 * few)]
             for _ in range(request["blocks"])]
    drawn.append([draw(hidden, few)])
    for block in range(request["blocks"]):
        first, middle, fourth, wide = drawn[block]
        last = drawn[block + 1][0]
        rows = np.concatenate([middle, middle + hidden, middle + 2 * hidden])
        links = [
            ("attention.query_key_value", rows, first),
            ("attention.dense", fourth, middle),
            ("mlp.dense_h_to_4h", wide, fourth),
            ("mlp.dense_4h_to_h", last, wide),
        ]
        for name, outputs, inputs in links:
            stored = tensor(f"gpt_neox.layers.{block}.{name}.weight")
            yield stored[np.ix_(outputs, inputs)].astype(np.float64).T


def histograms(matrices, lowest, threshold):
    """Number of edges of each neuron [neurons, rounded lengths] within the bounds."""
    tables = []
    for weights in matrices:
        with np.errstate(divide="ignore"):
            lengths = 1 / np.abs(weights)
        inside = (lengths > lowest) & (lengths <= threshold)
        bins = int(np.round(threshold)) + 1
        keys = np.arange(len(weights))[:, None] * bins + np.where(inside, np.round(lengths), 0).astype(np.int64)
        counted = np.bincount(keys[inside], minlength=len(weights) * bins)
        tables.append(counted.reshape(len(weights), bins))
    counts = np.concatenate(tables)
    return counts, counts.sum(axis=1) > 10


def mass_exponents(matrices):
    counts, kept = histograms(matrices, 1, 150)
    counts = counts[kept]
    radii = np.flatnonzero(counts.any(axis=0))
    masses = 1 + np.cumsum(counts[:, radii], axis=1)
    log_p = np.log(masses / masses[:, -1:])
    log_z = np.log([np.exp(order * log_p).sum(axis=0) for order in ORDERS])
    x = np.log(radii / radii[-1])
    x -= x.mean()
    return (log_z - log_z.mean(axis=1, keepdims=True)) @ x / (x @ x)


def node_dimensions(matrices):
    counts, kept = histograms(matrices, 0, 200)
    with np.errstate(divide="ignore", invalid="ignore"):
        y = np.log(1 + np.cumsum(counts, axis=1))
        present = counts > 0
        present[:, 0] = False
        x = np.where(present, np.log(np.arange(counts.shape[1])), 0)
        y = np.where(present, y, 0)
        points = present.sum(axis=1)
        x_mean, y_mean = x.sum(axis=1) / points, y.sum(axis=1) / points
        x = np.where(present, x - x_mean[:, None], 0)
        y = np.where(present, y - y_mean[:, None], 0)
        slopes = (x * y).sum(axis=1) / (x * x).sum(axis=1)
    return np.where(kept & (points > 1), slopes, 0)


for line in sys.stdin:
    asked = json.loads(line)
    begin = time.process_time()
    network = list(sampled_weights(asked))
    tau = mass_exponents(network)
    between = time.process_time()
    dimensions = node_dimensions(network)
    end = time.process_time()
    answer = {
        "spectrum": between - begin,
        "dimensions": end - between,
        "tau": tau.tolist(),
        "nfd": dimensions.tolist(),
    }
    print(json.dumps(answer), flush=True)
