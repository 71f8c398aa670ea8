import assert from "node:assert/strict";
import adjustP from "@stdlib/stats-padjust";
import { type CorrelationRow, correlationTable } from "../../lib/correlations/correlation_table.ts";
import { keyOfColumn } from "../../lib/files/column_name.ts";
import { permutationPValue } from "../../lib/statistics/permutation_p_value.ts";
import { correlationVectors } from "../../lib/statistics/correlation_coefficient.ts";
import { correlationPoints } from "../../lib/correlations/correlation_points.ts";
import { normals } from "../golden/seeded_normals.ts";
import { allClose, close, readGolden } from "../golden/golden.ts";

interface GoldenCorrelations {
  cases: {
    name: string;
    steps: number[];
    x: number[];
    y: number[];
    rows: (Pick<CorrelationRow, "variant" | "method" | "n"> & Record<string, number | null>)[];
  }[];
  holm: { p: number[]; adjusted: number[] }[];
}

const golden = readGolden<GoldenCorrelations>("correlations");
const quick = { draws: 50, permutations: 720 };
const series = (values: readonly (number | null)[], steps = values.map((_, i) => i)) =>
  steps.map((step, i) => ({ step, E: values[i]! }));
const scored = (values: readonly (number | null)[], metric = "copying") =>
  values.map((value, step) => ({ step, metric, value }));
const rising = [0, 1, 2, 4, 3, 6, 5], other = [1, 0, 2, 5, 4, 4, 7];

for (const { name, steps, x, y, rows } of golden.cases) {
  Deno.test(`correlationTable() gives SciPy's numbers: ${name}`, () => {
    const table = correlationTable(
      series(x, steps),
      steps.map((step, i) => ({ step, metric: "m", value: y[i]! })),
      quick,
    );
    assert.equal(table.length, rows.length);
    rows.forEach(({ variant, method, n, ...numbers }, i) => {
      const row = table[i]!;
      assert.deepEqual([row.variant, row.method, row.n], [variant, method, n]);
      const { p_permutation: every, ...others } = numbers;
      // SciPy's p value is of points that do not depend on each other; the table has none of so few.
      if (every != null) {
        const vectors = correlationVectors(
          correlationPoints({ steps, x, y }, variant, method),
          method,
        );
        const own = { ...vectors, x: vectors.x!, y: vectors.y! };
        close(permutationPValue(own, 720, () => []), every, 1e-10, `${variant} ${method}`);
        assert.equal(row.pPermutation, null);
      }
      for (const [column, expected] of Object.entries(others)) {
        const actual = row[keyOfColumn(column) as "r"], what = `${variant} ${method} ${column}`;
        if (expected === null) assert.equal(actual, null, what);
        else close(actual!, expected, 1e-10, what);
      }
    });
  });
}

Deno.test("the library's procedure of Holm is that of its definition", () => {
  for (const { p, adjusted } of golden.holm) allClose(adjustP(p, "holm"), adjusted, 1e-15, `${p}`);
});

Deno.test("correlationTable() corrects p values over metrics by Holm's procedure", () => {
  const E = normals("E", 12);
  const scores = [2, 1, 0.5].flatMap((part) => {
    const own = normals(`skill ${part}`, 12);
    return scored([...own].map((value, i) => value + part * E[i]!), `half of it ${part}`);
  });
  const rows = correlationTable(series([...E]), scores, quick)
    .filter(({ variant, method }) => variant === "levels" && method === "pearson")
    .sort((a, b) => a.pPermutation! - b.pPermutation!);
  const [p1, p2, p3] = rows.map(({ pPermutation }) => pPermutation!);
  assert.ok(p1! < p2! && p2! < p3!);
  const first = 3 * p1!, second = Math.max(first, 2 * p2!), third = Math.max(second, p3!);
  assert.deepEqual(
    rows.map(({ pHolm }) => pHolm),
    [first, second, third].map((p) => Math.min(1, p)),
  );
});

Deno.test("correlationTable() tells beside each correlation what training time alone gives", () => {
  const [levels] = correlationTable(
    series(rising),
    [0, 1, 2, 3, 4, 5, 6].map((step) => ({ step, metric: "m", value: 2 * Math.log(step + 1) })),
    quick,
  );
  assert.equal(levels!.rStep!.toFixed(12), "1.000000000000");
});

Deno.test("correlationTable() gives the same numbers for the same seed, whatever other metrics there are", () => {
  const steps = Array.from({ length: 12 }, (_, i) => i);
  const E = series(steps.map((i) => Math.sin(3 * i)));
  const scores = (metric: string) =>
    scored(steps.map((i) => Math.sin(5 * i + metric.length)), metric);
  const options = { ...quick, seed: 7 };
  const alone = correlationTable(E, scores("a"), options);
  const both = correlationTable(E, [...scores("bb"), ...scores("a")], options).slice(6);
  const sameButHolm = (rows: CorrelationRow[]) => rows.map(({ pHolm: _, ...row }) => row);
  assert.deepEqual(sameButHolm(both), sameButHolm(alone));
  const reseeded = correlationTable(E, scores("a"), { ...options, seed: 8 });
  assert.notEqual(reseeded[0]!.blockLow, alone[0]!.blockLow);
  assert.notEqual(reseeded[0]!.pPermutation, alone[0]!.pPermutation);
  assert.equal(reseeded[0]!.r, alone[0]!.r);
});

Deno.test("correlationTable() has no number, but a sentence, where there is no correlation", () => {
  const statuses = (E: (number | null)[], scores: (number | null)[]) => {
    const table = correlationTable(series(E), scored(scores), quick);
    for (const { status, r, rStep, low, blockLow, pValue, pPermutation, pHolm } of table) {
      const numbers = [r, rStep, low, blockLow, pValue, pPermutation, pHolm];
      assert.ok(numbers.every((number) => !Number.isNaN(number)));
      if (r === null) assert.ok(numbers.every((number) => number === null), status);
    }
    return table.filter(({ method }) => method === "pearson")
      .map(({ n, r, leftOut, status }) => `${r === null ? "-" : "r"} ${n} ${leftOut} ${status}`);
  };
  assert.deepEqual(statuses([0, 1, 3, NaN, 4], [0, 1, 1, 2, null]), [
    "- 3 2 3 of the 4 points that a correlation with an interval needs",
    "- 2 2 2 of the 4 points that a correlation with an interval needs",
    "- 3 2 3 of the 5 points that a correlation with an interval needs",
  ]);
  assert.deepEqual(statuses(rising, [3, 3, 3, 3, 3, 3, 3]), [
    "- 7 0 copying is the same at all points",
    "- 6 0 copying changes by the same at all points",
    "- 7 0 nothing of copying is left without ln(step + 1)",
  ]);
  assert.deepEqual(
    statuses([1, 1, 1, 1, 1], [2, 2, 2, 2, 2])[0],
    [
      "- 5 0 E is the same at all points; copying is the same at all points",
    ][0],
  );
  // In steps of 0.1, which binary numbers hold only nearly.
  assert.deepEqual(statuses([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], other).slice(1, 2), [
    "- 6 0 E changes by the same at all points",
  ]);
  assert.deepEqual(statuses(rising.map((_, i) => 0.3 * Math.log(i + 1)), other).slice(2), [
    "- 7 0 nothing of E is left without ln(step + 1)",
  ]);
});

Deno.test("correlationTable() keeps a correlation whose bootstrap mostly fails, and says so", () => {
  const [row] = correlationTable(series(rising), scored([0, 0, 0, 0, 0, 0, 1]), quick);
  assert.ok(row!.r! > 0 && row!.low! < row!.high!);
  assert.equal(row!.blockLow, null);
  assert.match(
    row!.status,
    /^no block interval: only \d+ of 50 resamples have a correlation; no p value: 7 points/,
  );
  const [long] = correlationTable(series(rising), scored(other), { ...quick, blockLength: 7 });
  assert.equal(
    long!.status,
    "no block interval: 7 points are not two blocks of 7; " +
      "no p value: 7 points, and it takes 10 to tell how they depend on each other",
  );
});

Deno.test("correlationTable() counts steps that only one side has, or refuses them where it is told to", () => {
  const E = series([...rising, 9]), scores = scored(other);
  assert.throws(() => correlationTable(E, scores, { ...quick, unmatched: "refuse" }), {
    name: "RangeError",
    message:
      "E and copying are not of the same steps: only E has step 7; choose steps that both have, " +
      'or leave out { unmatched: "refuse" }: then they are counted as left out',
  });
  const [row] = correlationTable(E, scores, quick);
  assert.deepEqual([row!.n, row!.leftOut], [7, 1]);
  assert.equal(row!.r, correlationTable(series(rising), scores, quick)[0]!.r);
});

Deno.test("correlationTable() does not depend on the order of its rows", () => {
  const E = series(rising), scores = scored(other);
  assert.deepEqual(
    correlationTable(E.toReversed(), scores.toReversed(), quick),
    correlationTable(E, scores, quick),
  );
});

Deno.test("correlationTable() refuses what it cannot be asked, naming it", () => {
  const E = series(rising), scores = scored(other);
  const refuses = (message: RegExp, ...args: Parameters<typeof correlationTable>) =>
    assert.throws(() => correlationTable(...args), message);
  refuses(/no column "e"; did you mean "E"\?/, E, scores, { column: "e" });
  refuses(/there is no row with a E/, [], scores);
  refuses(/there is no score/, E, []);
  refuses(/E has step 6 twice/, [...E, E.at(-1)!], scores);
  refuses(/copying has step 0 twice/, E, [...scores, scores[0]!]);
  refuses(/the step -1, which is no whole number from 0/, [{ step: -1, E: 1 } as never], scores);
  refuses(/E at step 0 is string, not a number/, [{ step: 0, E: "1" } as never], scores);
  refuses(/no option "sed"; did you mean "seed"\?/, E, scores, { sed: 1 } as never);
  refuses(/draws must be an integer from 1 to 1000000, but it is 0/, E, scores, { draws: 0 });
  refuses(/blockLength must be an integer from 1 to 1000000, but it is 1.5/, E, scores, {
    blockLength: 1.5,
  });
  refuses(/level must be a finite number above 0 up to 0\.999999999, but it is 95/, E, scores, {
    level: 95,
  });
  refuses(/unmatched must be one of refuse, leave out, but it is "drop"/, E, scores, {
    unmatched: "drop" as never,
  });
});

Deno.test("correlationTable() gives the same intervals and p values as before", () => {
  const steps = Array.from({ length: 21 }, (_, i) => i);
  const E = steps.map((step) => ({ step, E: (37 * step % 23) / 7 }));
  const scores = steps.flatMap((step) => [
    { step, metric: "with ties", value: (step * step % 11) / 4 },
    { step, metric: "with gaps", value: step % 7 === 3 ? null : Math.sqrt(step) },
  ]);
  const rows = correlationTable(E, scores)
    .map((
      { n, blockLow, blockHigh, pPermutation },
    ) => [n, blockLow, blockHigh, pPermutation]);
  assert.deepEqual(rows, [
    [21, -0.15526789359976872, 0.7259674043284321, 0.0842],
    [21, -0.1927504770874408, 0.6086498688123858, 0.14355],
    [20, -0.18924765211438413, 0.7031536401154019, 0.17015],
    [20, -0.19784137392288087, 0.6951678395434013, 0.18359999999999999],
    [21, -0.1911486396556999, 0.7554766747213166, 0.13705],
    [21, -0.24928947213022168, 0.6499929486053987, 0.19715],
    [18, -0.6369141904531394, 0.6754489876164188, 0.1217],
    [18, -0.4734669789652269, 0.7824152212480796, 0.20355],
    [17, -0.4232558156645388, 0.4660282056732918, 0.1894],
    [17, -0.528360170380164, 0.4709770417668854, 0.2646],
    [18, -0.6299108197230945, 0.8357999157222387, 0.80925],
    [18, null, null, null],
  ]);
});

Deno.test("correlationTable() takes monotone trends out where it is told to", () => {
  const E = normals("E", 27), own = normals("skill", 27);
  const rise = (middle: number) => (i: number) => 6 / (1 + Math.exp((middle - i) / 3));
  const x = series([...E].map((value, i) => rise(12)(i) + value));
  const scores = scored([...own].map((value, i) => rise(15)(i) + value + 2 * E[i]!));
  const [, , , , time] = correlationTable(x, scores, quick);
  const [levels, , , , partial] = correlationTable(x, scores, { ...quick, detrend: "monotone" });
  assert.deepEqual([levels!.n, time!.n, levels!.pPermutation, time!.pPermutation], [
    27,
    27,
    null,
    null,
  ]);
  assert.ok(partial!.n < 27 && partial!.n >= 15 && partial!.rStep === null);
  assert.ok(partial!.r! > 0.6 && partial!.pPermutation! < 0.01, `${partial!.status}`);
});
