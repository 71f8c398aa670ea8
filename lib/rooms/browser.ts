/**
 * What runs in a browser, a worker or Node: checkpoints from files, addresses and the hub, networks,
 * spectra, emergence, statistics. Nothing here needs Deno or a disk. The npm package is this entry.
 *
 * @module
 */

export * from "./portable.ts";
export { type DetectArchitectureOptions } from "../architectures/detect.ts";
export type { ByteRange, ByteSource } from "../checkpoints/byte_source.ts";
export * from "./emergence.ts";
export * from "./multifractal.ts";
export * from "./networks.ts";
export type { NeuronKind } from "../networks/generated_network.ts";
