"""E of full networks of three families in plain NumPy, written from the formulas: python3 full_families.py > full_families.json"""
import json

import numpy as np

def weight(name_number, step, shape):
    """Weights from whole numbers, the same in every language: no generator, no rounding but that of float32."""
    k = np.arange(int(np.prod(shape)), dtype=np.int64)
    mixed = (k * (7919 + 2 * name_number) + 104729 * (name_number + 1) + 31 * step * k * k) % 10007
    centred = (mixed - 5003).astype(np.float64)
    scale = 60000 / (1 + step * (1 + name_number % 3) / 2000)
    return (centred / scale).astype(np.float32).reshape(shape)

B, H, F = 2, 24, 64
def gpt2(step):
    out, nets, n = {}, [], 0
    for b in range(B):
        p = f"h.{b}."
        shapes = [("attn.c_attn.weight", (H, 3 * H)), ("attn.c_proj.weight", (H, H)), ("mlp.c_fc.weight", (H, F)), ("mlp.c_proj.weight", (F, H))]
        for name, shape in shapes:
            w = weight(n, step, shape); n += 1; out[p + name] = w; nets.append(w)
    return out, nets
def bert(step):
    out, nets, n = {}, [], 0
    for b in range(B):
        p = f"encoder.layer.{b}."; mats = []
        for name, shape in [("attention.self.query.weight", (H, H)), ("attention.self.key.weight", (H, H)), ("attention.self.value.weight", (H, H)),
            ("attention.output.dense.weight", (H, H)), ("intermediate.dense.weight", (F, H)), ("output.dense.weight", (H, F))]:
            w = weight(n, step, shape); n += 1; out[p + name] = w; mats.append(w.T)
        nets += [np.concatenate(mats[:3], axis=1), *mats[3:]]
    return out, nets
def llama(step):
    out, nets, n = {}, [], 0; K = H // 2
    for b in range(B):
        p = f"model.layers.{b}."; mats = []
        for name, shape in [("self_attn.q_proj.weight", (H, H)), ("self_attn.k_proj.weight", (K, H)), ("self_attn.v_proj.weight", (K, H)),
            ("self_attn.o_proj.weight", (H, H)), ("mlp.gate_proj.weight", (F, H)), ("mlp.up_proj.weight", (F, H)), ("mlp.down_proj.weight", (H, F))]:
            w = weight(n, step, shape); n += 1; out[p + name] = w; mats.append(w.T)
        nets += [np.concatenate(mats[:3], axis=1), mats[3], np.concatenate(mats[4:6], axis=1), mats[6]]
    return out, nets

def spectrum(nets, threshold=150):
    rows = []
    for m in nets:
        for w in np.asarray(m, dtype=np.float64):
            with np.errstate(divide="ignore"): d = 1 / np.abs(w)
            d = d[(d > 1) & (d <= threshold)]
            if len(d) > 10: rows.append(np.round(d))
    radii = np.unique(np.concatenate(rows))
    M = np.array([[1 + np.sum(r <= x) for x in radii] for r in rows], dtype=np.float64)
    p = M / M[:, -1:]
    x = np.log(radii / radii[-1])
    q = np.round(np.arange(-30, 31) / 10, 1)
    slope = lambda y: np.sum((x - x.mean()) * (y - y.mean())) / np.sum((x - x.mean()) ** 2)
    tau = np.array([slope(np.log(np.sum(p ** o, axis=0))) for o in q])
    alpha = np.diff(tau) / np.diff(q)
    return slope(np.log(p).mean(axis=0)), alpha.max() - alpha.min(), len(rows), len(radii)

if __name__ == "__main__":
    answer = {}
    for name, family in [("gpt2", gpt2), ("bert", bert), ("llama", llama)]:
        rows = {}
        for step in (0, 1000):
            rows[step] = spectrum(family(step)[1])
        (a0, w0, *_), (a1, w1, kept, radii) = rows[0], rows[1000]
        answer[name] = {"alpha0": a1, "width": w1, "nodes": kept, "radii": radii, "E": w1 / w0 * np.log(a0 / a1), "untrained": [a0, w0]}
    print(json.dumps(answer, indent=2))
