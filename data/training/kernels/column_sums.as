/** Sums over rows. column_sums_plain.ts does the same in plain TypeScript. */

/** `to[i] = a[i] + b[i]`. */
function add(a: usize, b: usize, to: usize, count: i32): void {
  const end = a + (<usize> count << 2);
  const endOfFours = a + (<usize> (count & -4) << 2);
  while (a < endOfFours) {
    v128.store(to, f32x4.add(v128.load(a), v128.load(b)));
    a += 16, b += 16, to += 16;
  }
  while (a < end) {
    store<f32>(to, load<f32>(a) + load<f32>(b));
    a += 4, b += 4, to += 4;
  }
}

/**
 * Sums of the columns of `[rows, columns]`: halves are added to each other while they are equal,
 * and then the rows that are left, one after the other.
 *
 * @param room Room for half of the values.
 */
export function columnSums(x: usize, rows: i32, columns: i32, sums: usize, room: usize): void {
  let rest = x;
  while (rows % 2 == 0) {
    rows /= 2;
    const half = rows * columns;
    add(rest, rest + (<usize> half << 2), room, half);
    rest = room;
  }
  memory.fill(sums, 0, <usize> columns << 2);
  for (let row = 0; row < rows; row++) {
    add(sums, rest, sums, columns);
    rest += <usize> columns << 2;
  }
}
