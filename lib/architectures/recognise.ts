/** Whether a checkpoint has the tensors of a description, under which prefix, and which it has besides. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import { shown, someNames } from "../messages/shown.ts";
import type { Architecture, IgnoredTensor } from "./architecture.ts";
import { configured } from "./checks.ts";
import { buildArchitecture } from "./build_architecture.ts";
import type {
  ArchitectureDescription,
  IgnoredDescription,
  MatrixDescription,
} from "../schemas/architecture_description.ts";
import { areRivals } from "./rival_networks.ts";
import { spelledAs } from "./spellings.ts";
import { globReader, nameReader, placeholdersOf } from "./tensor_names.ts";

/** What of a checkpoint is measured. */
export interface PartOption {
  /** The part of a model of several that is measured: a part of its tensors' names, such as `actor`, or `encoder`. */
  readonly part?: string | undefined;
}

/** The reason of what no family lists: embeddings and heads. */
export const OUTSIDE = "outside the blocks";

/** What is left out wherever it is met. */
const ignoredEverywhere: readonly IgnoredDescription[] = [
  { tensors: "*rotary*.**", reason: "rotary positions, computed" },
];

/** Whether the config or, where it says nothing, the tensors are those of a description. */
export function recognises(
  checkpoint: Checkpoint,
  family: ArchitectureDescription,
  options: PartOption = {},
): boolean {
  const description = spelledAs(checkpoint, family);
  const { modelTypes, classes, settings = {}, whole } = description.recognised ?? {};
  const { config } = checkpoint;
  for (const [entry, value] of Object.entries(settings)) {
    if (configured(checkpoint, entry) !== value) return false;
  }
  if (modelTypes !== undefined && typeof config?.model_type === "string") {
    return modelTypes.includes(config.model_type);
  }
  if (classes !== undefined && Array.isArray(config?.architectures)) {
    return config.architectures.some((name) =>
      typeof name === "string" && classes.some((start) => name.startsWith(start))
    );
  }
  const prefixes = prefixesOf(checkpoint, description, options).complete
    .filter((prefix) => isKind(checkpoint, description, prefix));
  if (!whole || options.part !== undefined) return prefixes.length > 0;
  if (prefixes.length !== 1) return prefixes.length > 1 && areRivals(prefixes);
  const links = linksOf(description);
  const needsPlace = placeNeeded(description);
  return matricesOf(checkpoint).every(({ name, shape }) =>
    !needsPlace(name) ||
    links.some(({ read, axes }) => read(name)?.prefix === prefixes[0] && shape.length === axes)
  );
}

/**
 * The layers and matrices of a checkpoint by a description, and what has no place in it.
 *
 * @throws {Error} naming a tensor that is missing, of a wrong shape or without a place, or the entry of the config that
 * contradicts the tensors.
 */
export function describedArchitecture(
  checkpoint: Checkpoint,
  description: ArchitectureDescription,
  { part }: PartOption = {},
): Architecture {
  const sections = ownSections(description, part);
  const own = { ...description, sections };
  const prefix = onlyPrefix(checkpoint, own, { part });
  const built = buildArchitecture(checkpoint, own, prefix);
  const placed = new Set(built.matrices.map(({ tensor }) => tensor));
  const crossing = new Set(built.ignored?.map(({ tensor }) => tensor));
  const ignored = [
    ...built.ignored ?? [],
    ...ignoredTensors(checkpoint, description, placed.union(crossing), part),
  ];
  return ignored.length === 0 ? built : { ...built, ignored };
}

/** Whether none of the tensors under a prefix, and no size of a kernel, is that of another kind. */
function isKind(
  { tensors }: Checkpoint,
  { recognised: { absent = [], kernels = {} } = {} }: ArchitectureDescription,
  prefix: string,
): boolean {
  const strange = absent.map((pattern) => nameReader(pattern));
  const names = [...tensors.keys()];
  if (names.some((name) => strange.some((read) => read(name)?.prefix === prefix))) return false;
  return Object.entries(kernels).every(([pattern, positions]) => {
    const read = nameReader(pattern);
    return names.filter((name) => read(name)?.prefix === prefix).every((name) =>
      tensors.get(name)!.shape.slice(2).reduce((product, size) => product * size, 1) === positions
    );
  });
}

/** Every prefix of tensors of a description: those where all are there that it is recognised by, and any. */
function prefixesOf(
  checkpoint: Checkpoint,
  description: ArchitectureDescription,
  { part }: PartOption,
): { readonly complete: string[]; any(): string[] } {
  const { recognised, ignored = [] } = description;
  const patterns = patternsOf(description);
  const needed = recognised?.tensors ?? patterns.slice(0, 1);
  const isIgnored = ignored.map(({ tensors }) => globReader(tensors));
  const inPart = partFilter(
    ownSections(description, part) === description.sections ? part : undefined,
  );
  const names = matricesOf(checkpoint).map(({ name }) => name)
    .filter((name) => !isIgnored.some((is) => is(name)));
  const found = (pattern: string) => {
    const read = nameReader(pattern);
    const prefixes = new Set<string>();
    for (const name of names) {
      const prefix = read(name)?.prefix;
      if (prefix !== undefined && inPart(prefix)) prefixes.add(prefix);
    }
    return prefixes;
  };
  let complete = [...found(needed[0]!)];
  for (const pattern of needed.slice(1)) {
    if (complete.length === 0) break;
    const here = found(pattern);
    complete = complete.filter((prefix) => here.has(prefix));
  }
  const repeated = patterns.filter((pattern) => placeholdersOf(pattern).length > 0);
  return { complete, any: () => repeated.flatMap((pattern) => [...found(pattern)]) };
}

/** The one prefix of a description's tensors. */
function onlyPrefix(
  checkpoint: Checkpoint,
  description: ArchitectureDescription,
  options: PartOption,
): string {
  const { source } = checkpoint;
  const { complete, any } = prefixesOf(checkpoint, description, options);
  const all = [...new Set([...complete, ...any()])];
  const [prefix, another] = all;
  if (prefix === undefined) {
    throw new Error(`${source} has no block of the kind that its config or its other tensors name`);
  }
  if (another === undefined) return prefix;
  const start = patternsOf(description).find((pattern) => placeholdersOf(pattern).length > 0) ?? "";
  const chain = (prefix: string) => shown(prefix + start.replace(/^\*/, "").replace(/\{.*$/s, ""));
  throw new Error(
    `${source} has two chains of blocks, ${chain(prefix)} and ${chain(another)}; ` +
      "only a model of one chain can be measured; choose one by a part of its name, such as " +
      `part ${shown(partOfName(prefix, another))} (--part)`,
  );
}

/** The tensors that are left out with the reason of each; one inside the blocks without a reason is refused. */
function ignoredTensors(
  checkpoint: Checkpoint,
  description: ArchitectureDescription,
  placed: ReadonlySet<string>,
  part: string | undefined,
): IgnoredTensor[] {
  const rules = rulesOf(description), needsPlace = placeNeeded(description);
  const isInPart = partFilter(part);
  const unplaced: string[] = [], ignored: IgnoredTensor[] = [];
  for (const { name, shape } of matricesOf(checkpoint)) {
    if (placed.has(name)) continue;
    const reason = rules.find(({ matches }) => matches(name))?.reason;
    if (reason !== undefined) ignored.push({ tensor: name, reason });
    else if (part !== undefined && !isInPart(name)) {
      ignored.push({ tensor: name, reason: `outside the part ${part}` });
    } else if (shape.filter((size) => size > 1).length < 2) continue;
    else if (needsPlace(name)) unplaced.push(name);
    else ignored.push({ tensor: name, reason: OUTSIDE });
  }
  if (unplaced.length === 0) return ignored;
  throw new Error(
    `${checkpoint.source} looks like ${description.family} but is another architecture; ` +
      `tensors without a place: ${someNames(unplaced)}`,
  );
}

/** What a description and all of them leave out. */
function rulesOf({ ignored = [] }: ArchitectureDescription) {
  return [...ignored, ...ignoredEverywhere]
    .map(({ tensors, reason }) => ({ matches: globReader(tensors), reason }));
}

/** Whether a name must have a place in a network: one inside the blocks that nothing leaves out. */
function placeNeeded(description: ArchitectureDescription): (name: string) => boolean {
  const rules = rulesOf(description);
  return (name) =>
    (description.complete || /(^|\.)\d+(\.|$)/.test(name)) &&
    !rules.some(({ matches }) => matches(name));
}

/** All tensors but vectors and numbers, which are biases, norms and counters. */
function matricesOf({ tensors }: Checkpoint): TensorInfo[] {
  return [...tensors.values()].filter(({ shape }) => shape.length > 1);
}

/** The sections of a part, or all where none is of that name. */
function ownSections(
  { sections }: ArchitectureDescription,
  part: string | undefined,
): ArchitectureDescription["sections"] {
  const own = sections.filter((section) => "part" in section && section.part === part);
  return part === undefined || own.length === 0 ? sections : own;
}

/** Names of a description's tensors that must be there. */
function patternsOf({ sections }: ArchitectureDescription): string[] {
  return sections.flatMap((section) =>
    "chain" in section
      ? section.chain.map((link) => typeof link === "string" ? link : link.tensor)
      : section.matrices.filter(({ optional }) => optional === undefined)
        .map(({ tensor }) => `${section.names ?? ""}${tensor}`)
  );
}

/** The names of all matrices of a description, with their axes. */
function linksOf({ sections }: ArchitectureDescription) {
  return sections.flatMap((section) =>
    "chain" in section
      ? section.chain.map((link) => typeof link === "string" ? { tensor: link } : link)
      : section.matrices.map((matrix) => (
        { ...matrix, tensor: `${section.names ?? ""}${matrix.tensor}` }
      ))
  ).map(({ tensor, axes = 2 }: Pick<MatrixDescription, "tensor" | "axes">) => (
    { read: nameReader(tensor), axes }
  ));
}

/** Whether a name is of a part: one of its words between dots is the part's name, or begins with it. */
function partFilter(part: string | undefined): (name: string) => boolean {
  if (part === undefined) return () => true;
  return (name) => name.split(".").some((word) => word === part || word.startsWith(`${part}_`));
}

/** A word of one prefix that another has not, to choose it by. */
function partOfName(prefix: string, another: string): string {
  const words = another.split(".");
  const own = (name: string) => name.split(".").filter((word) => word !== "");
  return own(prefix).find((word) => !words.includes(word)) ??
    own(another).find((word) => !prefix.split(".").includes(word)) ?? "";
}
