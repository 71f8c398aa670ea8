/** Find a name that a JSON object gives twice, which `JSON.parse` passes over in silence. */

/**
 * The first name that occurs twice in one object of a valid JSON text, or `null`.
 *
 * @param json Text that `JSON.parse` has accepted.
 */
export function repeatedName(json: string): string | null {
  // The names met in each object that is open at this point; null stands for an open array.
  const open: (Set<string> | null)[] = [];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(null);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const start = i;
      i = endOfString(json, start);
      const names = open.at(-1);
      if (!names || !isFollowedByColon(json, i)) continue;
      const name = JSON.parse(json.slice(start, i + 1));
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return null;
}

function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"') i += json[i] === "\\" ? 2 : 1;
  return i;
}

function isFollowedByColon(json: string, end: number): boolean {
  let i = end + 1;
  while (" \n\r\t".includes(json[i]!)) i++;
  return json[i] === ":";
}
