/**
 * Exponentials by 2^(k/32) from a table and a polynomial. Those of single-precision numbers are
 * computed as musl's `expf`, which tfjs calls, does it; exponential_plain.ts does the same in plain
 * TypeScript.
 */

/** Of two doubles, which are four numbers' half. */
@inline
function half(x: v128, table: usize): v128 {
  // Below -104 all is 0 in single precision, and the exponent of a double would not do for long.
  const z = f64x2.mul(
    f64x2.max(x, f64x2.splat(-104)),
    f64x2.splat(reinterpret<f64>(0x3ff71547652b82fe) * 32),
  );
  // 1.5 · 2^52 added to a number rounds it to a whole one, in the lowest bits.
  const shift = f64x2.splat(6755399441055744);
  const rounded = f64x2.add(z, shift);
  const r = f64x2.sub(z, f64x2.sub(rounded, shift));
  const low = table + (<usize> (i64x2.extract_lane(rounded, 0) & 31) << 3);
  const high = table + (<usize> (i64x2.extract_lane(rounded, 1) & 31) << 3);
  const roots = v128.load64_lane(high, v128.load64_zero(low), 1);
  const scale = i64x2.add(roots, i64x2.shl(rounded, 47));
  const cubic = f64x2.add(
    f64x2.mul(f64x2.splat(reinterpret<f64>(0x3fac6af84b912394) / 32768), r),
    f64x2.splat(reinterpret<f64>(0x3fcebfce50fac4f3) / 1024),
  );
  const linear = f64x2.add(
    f64x2.mul(f64x2.splat(reinterpret<f64>(0x3fe62e42ff0c52d6) / 32), r),
    f64x2.splat(1),
  );
  return f64x2.mul(f64x2.add(f64x2.mul(cubic, f64x2.mul(r, r)), linear), scale);
}

/**
 * Four exponentials.
 *
 * @param table Where `EXPONENTIAL_TABLE` lies.
 */
@inline
export function exponentials(x: v128, table: usize): v128 {
  const low = f32x4.demote_f64x2_zero(half(f64x2.promote_low_f32x4(x), table));
  const upper = i64x2.shuffle(x, x, 1, 1);
  const high = f32x4.demote_f64x2_zero(half(f64x2.promote_low_f32x4(upper), table));
  return i64x2.shuffle(low, high, 0, 2);
}

/**
 * e to the power of two doubles that are not positive, off by less than 4 of their last places;
 * about 0 below -700.
 */
@inline
export function exponentialsOfDoubles(x: v128, table: usize): v128 {
  const within = f64x2.max(x, f64x2.splat(-700));
  const shift = f64x2.splat(6755399441055744);
  const rounded = f64x2.add(
    f64x2.mul(within, f64x2.splat(reinterpret<f64>(0x3ff71547652b82fe) * 32)),
    shift,
  );
  const k = f64x2.sub(rounded, shift);
  // ln 2 / 32 in two parts, of which the first times k is exact.
  const part = f64x2.sub(within, f64x2.mul(k, f64x2.splat(6.93147180369123816490e-01 / 32)));
  const r = f64x2.sub(part, f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10 / 32)));
  const low = table + (<usize> (i64x2.extract_lane(rounded, 0) & 31) << 3);
  const high = table + (<usize> (i64x2.extract_lane(rounded, 1) & 31) << 3);
  const roots = v128.load64_lane(high, v128.load64_zero(low), 1);
  const scale = i64x2.add(roots, i64x2.shl(rounded, 47));
  // The series of e^r - 1, which for r up to ln 2 / 64 needs no more terms.
  let series = f64x2.add(f64x2.splat(1.0 / 120), f64x2.mul(r, f64x2.splat(1.0 / 720)));
  series = f64x2.add(f64x2.splat(1.0 / 24), f64x2.mul(r, series));
  series = f64x2.add(f64x2.splat(1.0 / 6), f64x2.mul(r, series));
  series = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, series));
  series = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), series));
  return f64x2.add(scale, f64x2.mul(scale, series));
}
