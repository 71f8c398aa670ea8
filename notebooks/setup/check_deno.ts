/** Whether Deno is new enough. */

import type { Finding } from "./finding.ts";
import type { Machine } from "./machine.ts";

/** The oldest version of Deno that runs everything. */
export const OLDEST_DENO = "2.9.6";

/** Compares the version that runs with the oldest that will do. */
export function checkDeno({ denoVersion, denoPath }: Machine): Finding {
  const isEnough = compareVersions(denoVersion, OLDEST_DENO) >= 0;
  const found = `${denoVersion} (${denoPath})${isEnough ? "" : `, older than ${OLDEST_DENO}`}`;
  if (isEnough) return { what: "Deno", status: "ok", found };
  const remedy = `run deno upgrade, or put npx -y deno@${OLDEST_DENO} in place of deno`;
  return { what: "Deno", status: "broken", found, remedy };
}

/** Below 0 where a version is older than another; what follows a hyphen comes before the version itself. */
function compareVersions(one: string, other: string): number {
  const parts = (version: string) => version.split(/[.+-]/, 3).map(Number);
  const [a, b] = [parts(one), parts(other)];
  const at = a.findIndex((part, i) => part !== b[i]);
  if (at >= 0) return a[at]! - b[at]!;
  return Number(other.includes("-")) - Number(one.includes("-"));
}
