/**
 * The error function of four numbers at once. It follows fdlibm (Sun Microsystems 1993) as musl's
 * `erff`, which tfjs calls, does. gelu_plain.ts does the same in plain TypeScript.
 */

import { exponentials } from "./exponential";

/** `constant + x · rest`. */
@inline
function horner(constant: f32, x: v128, rest: v128): v128 {
  return f32x4.add(f32x4.splat(constant), f32x4.mul(x, rest));
}

/** The error function of four numbers of magnitude below 0.84375. */
@inline
function erfSmall(x: v128, bits: v128): v128 {
  const z = f32x4.mul(x, x);
  let r = horner(-5.7702702470e-03, z, f32x4.splat(-2.3763017452e-05));
  r = horner(-2.8481749818e-02, z, r);
  r = horner(-3.2504209876e-01, z, r);
  r = horner(1.2837916613e-01, z, r);
  let s = horner(1.3249473704e-04, z, f32x4.splat(-3.9602282413e-06));
  s = horner(5.0813062117e-03, z, s);
  s = horner(6.5022252500e-02, z, s);
  s = horner(3.9791721106e-01, z, s);
  s = horner(1, z, s);
  const value = f32x4.add(x, f32x4.mul(x, f32x4.div(r, s)));
  const tiny = f32x4.mul(
    f32x4.splat(0.125),
    f32x4.add(f32x4.mul(f32x4.splat(8), x), f32x4.mul(f32x4.splat(1.0270333290e+00), x)),
  );
  return v128.bitselect(tiny, value, i32x4.lt_s(bits, i32x4.splat(0x31800000)));
}

/** One minus the error function of four numbers from 0.84375 up to 1.25. */
@inline
function erfcMiddle(x: v128): v128 {
  const s = f32x4.sub(x, f32x4.splat(1));
  let p = horner(3.5478305072e-02, s, f32x4.splat(-2.1663755178e-03));
  p = horner(-1.1089469492e-01, s, p);
  p = horner(3.1834661961e-01, s, p);
  p = horner(-3.7220788002e-01, s, p);
  p = horner(4.1485610604e-01, s, p);
  p = horner(-2.3621185683e-03, s, p);
  let q = horner(1.3637083583e-02, s, f32x4.splat(1.1984500103e-02));
  q = horner(1.2617121637e-01, s, q);
  q = horner(7.1828655899e-02, s, q);
  q = horner(5.4039794207e-01, s, q);
  q = horner(1.0642088205e-01, s, q);
  q = horner(1, s, q);
  return f32x4.sub(f32x4.splat(<f32> 1 - <f32> 8.4506291151e-01), f32x4.div(p, q));
}

/** One minus the error function of four numbers from 1.25 up to 6. */
function erfcLarge(x: v128, bits: v128, table: usize): v128 {
  const s = f32x4.div(f32x4.splat(1), f32x4.mul(x, x));
  let r = horner(-8.1287437439e+01, s, f32x4.splat(-9.8143291473e+00));
  r = horner(-1.8460508728e+02, s, r);
  r = horner(-1.6239666748e+02, s, r);
  r = horner(-6.2375331879e+01, s, r);
  r = horner(-1.0558626175e+01, s, r);
  r = horner(-6.9385856390e-01, s, r);
  r = horner(-9.8649440333e-03, s, r);
  let t = horner(6.5702495575e+00, s, f32x4.splat(-6.0424413532e-02));
  t = horner(1.0863500214e+02, s, t);
  t = horner(4.2900814819e+02, s, t);
  t = horner(6.4538726807e+02, s, t);
  t = horner(4.3456588745e+02, s, t);
  t = horner(1.3765776062e+02, s, t);
  t = horner(1.9651271820e+01, s, t);
  t = horner(1, s, t);
  let quotient = f32x4.div(r, t);
  const far = i32x4.ge_s(bits, i32x4.splat(0x4036db6d));
  if (v128.any_true(far)) {
    r = horner(-1.0250950928e+03, s, f32x4.splat(-4.8351919556e+02));
    r = horner(-6.3756646729e+02, s, r);
    r = horner(-1.6063638306e+02, s, r);
    r = horner(-1.7757955551e+01, s, r);
    r = horner(-7.9928326607e-01, s, r);
    r = horner(-9.8649431020e-03, s, r);
    t = horner(4.7452853394e+02, s, f32x4.splat(-2.2440952301e+01));
    t = horner(2.5530502930e+03, s, t);
    t = horner(3.1998581543e+03, s, t);
    t = horner(1.5367296143e+03, s, t);
    t = horner(3.2579251099e+02, s, t);
    t = horner(3.0338060379e+01, s, t);
    t = horner(1, s, t);
    quotient = v128.bitselect(f32x4.div(r, t), quotient, far);
  }
  const z = v128.and(x, i32x4.splat(0xffffe000));
  const coarse = f32x4.sub(f32x4.mul(f32x4.neg(z), z), f32x4.splat(0.5625));
  const fine = f32x4.add(f32x4.mul(f32x4.sub(z, x), f32x4.add(z, x)), quotient);
  return f32x4.div(f32x4.mul(exponentials(coarse, table), exponentials(fine, table)), x);
}

/** The error function of four numbers. */
@inline
export function errorFunctions(x: v128, table: usize): v128 {
  const magnitude = f32x4.abs(x);
  const middle = i32x4.ge_s(magnitude, i32x4.splat(0x3f580000));
  const small = erfSmall(x, magnitude);
  if (!v128.any_true(middle)) return small;
  let complement = erfcMiddle(magnitude);
  const large = i32x4.ge_s(magnitude, i32x4.splat(0x3fa00000));
  if (v128.any_true(large)) {
    complement = v128.bitselect(erfcLarge(magnitude, magnitude, table), complement, large);
    complement = v128.andnot(complement, i32x4.ge_s(magnitude, i32x4.splat(0x40c00000)));
  }
  const positive = f32x4.sub(f32x4.splat(1), complement);
  const sign = v128.and(x, i32x4.splat(0x80000000));
  return v128.bitselect(v128.or(positive, sign), small, middle);
}
