import { describe } from "../../lib/architectures/describe.ts";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { shapesOnly } from "./tiny_models.ts";

Deno.test("a recurrent network is refused by that word, though its shapes may be a chain's", async () => {
  for (
    const [shapes, name] of [
      [
        { "lstm.weight_ih_l0": [32, 3], "lstm.weight_hh_l0": [32, 8], "fc.weight": [2, 8] },
        "hh_l0",
      ],
      [{ "rnn.weight_ih_l0": [8, 3], "rnn.weight_hh_l0": [8, 8], "fc.weight": [2, 8] }, "hh_l0"],
      [{ "cell.weight_ih": [24, 3], "cell.weight_hh": [24, 8] }, "hh"],
      [{ "gru/kernel": [3, 24], "gru/recurrent_kernel": [8, 24] }, "recurrent_kernel"],
    ] as const
  ) {
    for (const look of [detectArchitecture, describe]) {
      await throwsError(
        () => look(shapesOnly(shapes)),
        new RegExp(
          `^tiny is a recurrent network: recurrent matrices \\(\\S*${name}\\) are no layered`,
        ),
      );
    }
  }
});
