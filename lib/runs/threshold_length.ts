/** From a threshold to the length it stands for. */
import { medianLength, type MedianThreshold } from "../networks/median_length.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";

/**
 * The threshold as a length: itself, or so many times the median length of the untrained networks.
 *
 * @param untrained Gives the networks of step 0; not called where the threshold is a length.
 */
export async function thresholdLength(
  threshold: number | MedianThreshold,
  untrained: () => AsyncIterable<NetworkSample>,
): Promise<number> {
  if (typeof threshold === "number") return threshold;
  const networks = await Array.fromAsync(untrained(), ({ network }) => network);
  return threshold.medians * medianLength(networks);
}
