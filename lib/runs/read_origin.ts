/** What a `run.json` says; it loads nothing that measures, since the command reads it before it allows anything. */

import project from "../../deno.json" with { type: "json" };
import { ifThere } from "../files/list_files.ts";
import { parseJson } from "../files/parse_json.ts";
import { readText } from "../files/read_file.ts";
import { printable, shown } from "../messages/shown.ts";
import { checkedJson } from "../schemas/checked_value.ts";
import { storedTablesRecord, type TablesRecord } from "./stored_records.ts";

/** What a `run.json` says, wherever it lies. */
export async function readOrigin(path: string): Promise<TablesRecord> {
  const text = await ifThere(readText(path));
  if (text === null) throw new Error(`${path} is not there; check the path`);
  let model: unknown, version: unknown;
  try {
    const said = parseJson(text) as { model?: unknown; versions?: { neuromfa?: unknown } } | null;
    [model, version] = [said?.model, said?.versions?.neuromfa];
  } catch {
    // What is no JSON is refused below.
  }
  const advice = typeof version === "string" && version !== project.version
    ? `it was written by neuromfa ${printable(version)}, and this is ${project.version}`
    : "name the run.json of a model's tables of E";
  if (model !== undefined && typeof model !== "string") {
    throw new Error(`${path}: model is ${shown(model)}, not a text; ${advice}`);
  }
  return checkedJson(text, storedTablesRecord(model ?? ""), path, advice);
}
