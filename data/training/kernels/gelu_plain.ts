import { exponential } from "./exponential_plain.ts";

const { fround } = Math;

/** A polynomial in single precision, the constant term first. */
function polynomial(x: number, terms: readonly number[]): number {
  return terms.reduceRight((rest, term) => fround(fround(term) + fround(x * rest)), 0);
}

const SMALL = {
  above: [
    1.2837916613e-01,
    -3.2504209876e-01,
    -2.8481749818e-02,
    -5.7702702470e-03,
    -2.3763017452e-05,
  ],
  below: [
    1,
    3.9791721106e-01,
    6.5022252500e-02,
    5.0813062117e-03,
    1.3249473704e-04,
    -3.9602282413e-06,
  ],
};
const MIDDLE = {
  above: [
    ...[-2.3621185683e-03, 4.1485610604e-01, -3.7220788002e-01, 3.1834661961e-01],
    ...[-1.1089469492e-01, 3.5478305072e-02, -2.1663755178e-03],
  ],
  below: [
    ...[1, 1.0642088205e-01, 5.4039794207e-01, 7.1828655899e-02],
    ...[1.2617121637e-01, 1.3637083583e-02, 1.1984500103e-02],
  ],
};
const LARGE = {
  above: [
    ...[-9.8649440333e-03, -6.9385856390e-01, -1.0558626175e+01, -6.2375331879e+01],
    ...[-1.6239666748e+02, -1.8460508728e+02, -8.1287437439e+01, -9.8143291473e+00],
  ],
  below: [
    ...[1, 1.9651271820e+01, 1.3765776062e+02, 4.3456588745e+02, 6.4538726807e+02],
    ...[4.2900814819e+02, 1.0863500214e+02, 6.5702495575e+00, -6.0424413532e-02],
  ],
};
const FAR = {
  above: [
    ...[-9.8649431020e-03, -7.9928326607e-01, -1.7757955551e+01, -1.6063638306e+02],
    ...[-6.3756646729e+02, -1.0250950928e+03, -4.8351919556e+02],
  ],
  below: [
    ...[1, 3.0338060379e+01, 3.2579251099e+02, 1.5367296143e+03, 3.1998581543e+03],
    ...[2.5530502930e+03, 4.7452853394e+02, -2.2440952301e+01],
  ],
};

function quotient(x: number, { above, below }: typeof SMALL): number {
  return fround(polynomial(x, above) / polynomial(x, below));
}

const asSingle = new Float32Array(1);
const asBits = new Int32Array(asSingle.buffer);

/** A number without the lower half of its digits. */
function coarse(x: number): number {
  asSingle[0] = x;
  asBits[0]! &= 0xffffe000;
  return asSingle[0];
}

/** One minus the error function from 0.84375 on. */
function complement(x: number): number {
  if (x < 1.25) {
    return fround(fround(1 - fround(8.4506291151e-01)) - quotient(fround(x - 1), MIDDLE));
  }
  if (x >= 6) return 0;
  const s = fround(1 / fround(x * x));
  const z = coarse(x);
  const share = exponential(fround(fround(-z * z) - 0.5625));
  const product = fround(fround(z - x) * fround(z + x));
  // The first number from 1/0.35 on.
  const rest = fround(product + quotient(s, x >= 2.857142686843872 ? FAR : LARGE));
  return fround(fround(share * exponential(rest)) / x);
}

/** The error function of a single-precision number, in single precision. */
export function errorFunction(x: number): number {
  const size = Math.abs(x);
  if (size >= 0.84375) return Math.sign(x) * fround(1 - complement(size));
  if (size < 2 ** -28) {
    return fround(0.125 * fround(fround(8 * x) + fround(fround(1.0270333290) * x)));
  }
  return fround(x + fround(x * quotient(fround(x * x), SMALL)));
}

/** gelu.as in plain TypeScript: `x · Φ(x)`, and Φ(x). */
export function gelu(x: number): { value: number; cumulative: number } {
  const erf = errorFunction(fround(x * fround(Math.SQRT1_2)));
  const cumulative = fround(fround(erf + 1) * 0.5);
  return { value: fround(x * cumulative), cumulative };
}

/** Its gradient. */
export function geluGradient(x: number, cumulative: number, dy: number): number {
  const power = exponential(fround(fround(x * x) * -0.5));
  const density = fround(power * fround(1 / Math.sqrt(2 * Math.PI)));
  return fround(dy * fround(cumulative + fround(x * density)));
}
