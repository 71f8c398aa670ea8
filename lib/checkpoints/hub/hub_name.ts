/** How models on the hub are named. */

import { shown } from "../../messages/shown.ts";

/** A model on the hub, and the one revision of it that is meant, if one is. */
export interface HubName {
  /** Owner and name, as in the hub's addresses. */
  readonly repository: string;
  /** Branch, tag or commit; `null` for the branches of all steps. */
  readonly revision: string | null;
}

/** The model that `hf:<owner>/<name>` or `hf:<owner>/<name>@<revision>` names; the oldest models have no owner. */
export function parseHubName(name: string): HubName {
  const match = /^hf:([\w.-]+(?:\/[\w.-]+)?)(?:@(.+))?$/.exec(name);
  const [, repository = "", revision = null] = match ?? [];
  const parts = repository.split("/");
  const isName = parts.every((part) => /^\w/.test(part) && !/\.\.|--/.test(part));
  const isRevision = revision === null ||
    (/^[\w./-]{1,200}$/.test(revision) && !/\.\.|\/\/|^\/|\/$/.test(revision));
  if (isName && isRevision) return { repository, revision };
  const forms = "hf:owner/name or hf:owner/name@revision";
  throw new Error(`${shown(name)} names no model on the hub; the form is ${forms}`);
}

/**
 * The model on the hub that a bare Pythia name such as `pythia-70m-deduped` stands for, or `null` if the name is none. Each seed
 * of PolyPythias, such as `pythia-14m-seed3`, is a model of its own.
 */
export function pythiaOnHub(name: string): HubName | null {
  const form =
    /^pythia-(14m|31m|70m|160m|410m|1b|1\.4b|2\.8b|6\.9b|12b)(-deduped|(-(data|weight))?-seed\d)?$/;
  return form.test(name) ? { repository: `EleutherAI/${name}`, revision: null } : null;
}

/** Whether a place such as `hf:EleutherAI/pythia-70m` is that of a Pythia, of which scores are published, and not one of another's. */
export function isPythiaPlace(source: string): boolean {
  if (!source.startsWith("hf:")) return false;
  const { repository } = parseHubName(source);
  const pythia = pythiaOnHub(repository.split("/").at(-1)!);
  return pythia?.repository.toLowerCase() === repository.toLowerCase();
}
