/** Names of models on the hub. */

import { shown } from "../../messages/shown.ts";

/** A model on the hub, and the one revision of it that is meant, if one is. */
export interface HubName {
  /** Owner and name, as in the hub's addresses. */
  readonly repository: string;
  /** Branch, tag or commit; `null` for the branches of all steps. */
  readonly revision: string | null;
}

const forms = "hf:owner/name or hf:owner/name@revision";

/**
 * The model that `hf:<owner>/<name>` or `hf:<owner>/<name>@<revision>` names; the oldest models have no owner.
 *
 * @param name With `hf:` in front.
 * @throws {Error} if it is of another form.
 */
export function parseHubName(name: string): HubName {
  const match = /^hf:([\w.-]+(?:\/[\w.-]+)?)(?:@(.+))?$/.exec(name);
  const repository = match?.[1] ?? "";
  const revision = match?.[2] ?? null;
  const parts = repository.split("/");
  const isName = parts.every((part) => /^\w/.test(part) && !/\.\.|--/.test(part));
  const isRevision = revision === null ||
    (/^[\w./-]{1,200}$/.test(revision) && !/\.\.|\/\/|^\/|\/$/.test(revision));
  if (isName && isRevision) return { repository, revision };
  throw new Error(`${shown(name)} names no model on the hub; the form is ${forms}`);
}

/**
 * The model on the hub that a bare Pythia name such as `pythia-70m-deduped` stands for, or `null` if the name is
 * none.
 */
export function pythiaOnHub(name: string): HubName | null {
  const isPythia = /^pythia-(14m|31m|70m|160m|410m|1b|1\.4b|2\.8b|6\.9b|12b)(-deduped)?$/.test(
    name,
  );
  return isPythia ? { repository: `EleutherAI/${name}`, revision: null } : null;
}
