/** JSON from files and servers, looked over before it is parsed: brackets of a few bytes become objects of hundreds. */

/** How much a JSON text may hold. */
export interface JsonBounds {
  /** How deep lists and objects may lie in one another; 64 unless given. */
  readonly depth?: number;
  /** Its most values: two million unless given, which take some hundred megabytes. */
  readonly values?: number;
  /** Its most names of values in objects, which take the longest; half a million unless given. */
  readonly names?: number;
}

/** A JSON text that holds more than anything that is read here does; the message goes on from a file's name. */
export class JsonTooLarge extends SyntaxError {
  /** Always `JsonTooLarge`. */
  override readonly name: string = "JsonTooLarge";
}

const QUOTE = 0x22, COMMA = 0x2c, COLON = 0x3a, BACKSLASH = 0x5c;
const LIST = 0x5b, LIST_END = 0x5d, OBJECT = 0x7b, OBJECT_END = 0x7d;

/**
 * Parse a JSON text that may come from anywhere.
 *
 * @throws {JsonTooLarge} If it is deeper or has more values than allowed; nothing was parsed then.
 * @throws {SyntaxError} If it is no JSON.
 */
export function parseJson(text: string, bounds: JsonBounds = {}): unknown {
  checkJsonSize(text, bounds);
  return JSON.parse(text);
}

/** One pass over the letters, up to the first that is too much. */
function checkJsonSize(text: string, bounds: JsonBounds) {
  const { depth = 64, values = 2_000_000, names = 500_000 } = bounds;
  for (let i = 0, open = 0, count = 0, named = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE:
        i = endOfText(text, i);
        break;
      case LIST:
      case OBJECT:
        count++;
        if (++open <= depth) break;
        throw new JsonTooLarge(`nests more than ${depth} lists and objects in one another`);
      case LIST_END:
      case OBJECT_END:
        open--;
        break;
      case COLON:
        if (++named <= names) break;
        throw new JsonTooLarge(`gives names to more than ${names} values`);
      case COMMA:
        count++;
    }
    if (count > values) throw new JsonTooLarge(`holds more than ${values} values`);
  }
}

/** Where a text ends that begins at a place, or the end of all. */
function endOfText(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const letter = text.charCodeAt(i);
    if (letter === QUOTE) return i;
    if (letter === BACKSLASH) i++;
  }
  return text.length;
}
