import assert from "node:assert/strict";
import { PickleBytes } from "../../../lib/checkpoints/torch/pickle_bytes.ts";
import { readPickle } from "../../../lib/checkpoints/torch/read_pickle.ts";
import { torchTensors } from "../../../lib/checkpoints/torch/torch_tensors.ts";
import {
  dictionary,
  integer,
  joined,
  named,
  pickle,
  stateDict,
  storage,
  tensor,
  text,
  tuple,
  wholeModule,
} from "../../helpers/pickle_bytes.ts";
import { throwsError } from "../../helpers/throws_error.ts";

const scalar = tensor(storage("FloatStorage", "s", 1), { shape: [], strides: [] });
const vector = tensor(storage("FloatStorage", "v", 4), { shape: [4], strides: [1] });
const mask = tensor(storage("BoolStorage", "b", 4), { shape: [2, 2], strides: [2, 1] });
const matrix = tensor(storage("FloatStorage", "m", 6), { shape: [2, 3], strides: [3, 1] });
const model = stateDict({ "fc.weight": matrix, "fc.bias": vector });
const optimizer = dictionary({
  state: joined("}", integer(0), dictionary({ exp_avg: matrix }), "s"),
  param_groups: joined("]"),
});
const config = joined(named("__main__", "Config"), ")", 0x81, dictionary({ lr: integer(1) }), "b");

function taken(saved: Uint8Array, key?: string) {
  const { value } = readPickle(new PickleBytes(pickle(saved)));
  const { tensors, entry } = torchTensors(value, { size: 1000, source: "ckpt.pt" }, key);
  return [entry, ...tensors.keys()];
}

const refuses = (message: RegExp, saved: Uint8Array, key?: string) =>
  throwsError(() => taken(saved, key), message);

Deno.test("the one dictionary with matrices is the model, whatever its key and whatever lies beside it", () => {
  const names = ["fc.weight", "fc.bias"];
  const beside = { epoch: integer(3), loss: scalar, losses: vector, mask, config, optimizer };
  assert.deepEqual(taken(model), [null, ...names]);
  for (const key of ["model_state_dict", "state_dict", "my_model", "ema", "module"]) {
    assert.deepEqual(taken(dictionary({ ...beside, [key]: model })), [key, ...names], key);
  }
  const deep = dictionary({
    state: dictionary({ net: model }),
    optimizer_states: joined("](", optimizer, "e"),
  });
  assert.deepEqual(taken(deep), ["state.net", ...names]);
  assert.deepEqual(taken(dictionary({ opt: optimizer, net: model })), ["net", ...names]);
  assert.deepEqual(taken(stateDict({ w: matrix, config, epoch: integer(3) })), [null, "w"]);
});

Deno.test("a dictionary of another class and a list of tensors are taken like any", () => {
  const other = joined(named("my", "Dict"), ")R(", text("w"), matrix, "u");
  assert.deepEqual(taken(dictionary({ net: other })), ["net", "w"]);
  assert.deepEqual(taken(joined("](", matrix, vector, "e")), [null, "0", "1"]);
  assert.deepEqual(taken(dictionary({ params: tuple(matrix, vector) })), ["params", "0", "1"]);
});

Deno.test("without any matrix a dictionary inside is the model, and not the losses beside it", () => {
  const small = stateDict({ bias: vector });
  assert.deepEqual(taken(dictionary({ loss: scalar, model: small })), ["model", "bias"]);
  assert.deepEqual(taken(small), [null, "bias"]);
});

Deno.test("of several dictionaries with matrices the one that is asked for is taken", async () => {
  const both = dictionary({ model, ema: stateDict({ "fc.weight": matrix }), loss: scalar });
  await refuses(
    /^ckpt\.pt has several dictionaries of tensors, model, ema; choose one by weights, such as "model" \(--weights KEY\)$/,
    both,
  );
  assert.deepEqual(taken(both, "ema"), ["ema", "fc.weight"]);
  assert.deepEqual(taken(both, "."), [null, "loss"]);
  await refuses(
    /^ckpt\.pt has no dictionary of tensors named "emma"; it has \., model, ema$/,
    both,
    "emma",
  );
  // Half of a model would be measured without a word.
  await refuses(
    /several dictionaries of tensors, \., blocks/,
    dictionary({ embed: matrix, blocks: model }),
  );
  const again = joined(
    model,
    "q",
    0,
    "0",
    dictionary({ last: joined("h", 0), best: joined("h", 0) }),
  );
  assert.deepEqual(taken(again)[0], "last");
});

Deno.test("a module that was saved whole is the model, on top or among other entries", async () => {
  const net = wholeModule({ modules: { fc: wholeModule({ parameters: { weight: matrix } }) } });
  assert.deepEqual(taken(net), [null, "fc.weight"]);
  assert.deepEqual(taken(dictionary({ epoch: integer(5), model: net, optimizer })), [
    "model",
    "fc.weight",
  ]);
  assert.deepEqual(taken(tuple(net, config)), ["0", "fc.weight"]);
  await refuses(
    /several dictionaries of tensors, generator, critic; choose one by weights/,
    dictionary({ generator: net, critic: wholeModule({ parameters: { weight: matrix } }) }),
  );
});

Deno.test("a module beside its own state dict is one model, and one beside another is none of them", async () => {
  const net = wholeModule({ modules: { fc: wholeModule({ parameters: { weight: matrix } }) } });
  const own = dictionary({ state_dict: stateDict({ "fc.weight": matrix }), model: net });
  assert.deepEqual(taken(own), ["state_dict", "fc.weight"]);
  const other = tensor(storage("FloatStorage", "m", 12), {
    ...{ shape: [2, 3], strides: [3, 1], offset: 6 },
  });
  await refuses(
    /several dictionaries of tensors, model, ema; choose one/,
    dictionary({ model: net, ema: stateDict({ "fc.weight": other }) }),
  );
});

Deno.test("a module with a part that cannot be read is refused, or another is chosen", async () => {
  const quantised = joined(named("torch._utils", "_rebuild_qtensor"), ")R");
  const net = wholeModule({
    ...{
      parameters: { weight: matrix },
      modules: { fc: wholeModule({ parameters: { w: quantised } }) },
    },
  });
  await refuses(
    /^ckpt\.pt has a tensor "fc\.w" of torch\._utils\._rebuild_qtensor, which cannot be read as weights; save/,
    dictionary({ net }),
  );
  const both = dictionary({ net, model });
  await refuses(/several dictionaries of tensors, net, model; choose one/, both);
  assert.deepEqual(taken(both, "model"), ["model", "fc.weight", "fc.bias"]);
});

Deno.test("objects are no weights, and tensors that cannot be read are not left out", async () => {
  await refuses(
    /^ckpt\.pt holds an object of __main__\.Config, which is not made, not the tensors/,
    config,
  );
  await refuses(
    /^ckpt\.pt has no tensors among its entries \(net, epoch\); objects such as those of __main__\.Config are not made; save/,
    dictionary({ net: config, epoch: integer(1) }),
  );
  const quantised = joined(named("torch._utils", "_rebuild_qtensor"), ")R");
  await refuses(
    /^ckpt\.pt has a tensor "q\.weight" of torch\._utils\._rebuild_qtensor, which cannot be read as weights/,
    stateDict({ w: matrix, "q.weight": quantised }),
  );
  await refuses(
    /^ckpt\.pt has a tensor named 5, which is no text/,
    joined("}", integer(5), matrix, "s"),
  );
});

Deno.test("dictionaries that hold themselves or each other a hundred deep end the search", async () => {
  const loop = joined("}q", 0, text("a"), "h", 0, "s");
  await refuses(/has no tensors among its entries \(a\)/, loop);
  const deep = Array.from({ length: 100 }, () => joined("}", text("a")));
  await refuses(
    /has no tensors among its entries \(a\)/,
    joined(...deep, model, ..."s".repeat(100)),
  );
});
