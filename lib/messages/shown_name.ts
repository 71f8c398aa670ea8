/** How a name from a file appears in a message. */
import { printable } from "./printable.ts";

const longest = 80;

/** A name without quotes, with what could steer a terminal replaced, and cut after 80 characters. */
export function shownName(name: string): string {
  return printable(name.length > longest ? `${name.slice(0, longest)}…` : name);
}
