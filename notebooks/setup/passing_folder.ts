/** Folders that programs such as npx fill and clear as they like. */

/** Names in a path that only such folders have, and who clears them. */
const PASSING: readonly (readonly [name: RegExp, owner: string])[] = [
  [/[\\/]_npx[\\/]/, "npx"],
  [/[\\/]pnpm[\\/](.*[\\/])?dlx/, "pnpm"],
  [/[\\/]bunx-/, "bunx"],
  [/[\\/]xfs-[0-9a-f]+[\\/]/, "yarn"],
  [/[\\/]\.?_?cache[\\/]/i, "whoever clears caches"],
];

/** Who may clear away what lies at a path, `null` if nobody is known to. */
export function clearedBy(path: string): string | null {
  return PASSING.find(([name]) => name.test(path))?.[1] ?? null;
}
