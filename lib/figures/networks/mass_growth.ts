/** How the masses of all neurons of some networks grow, side by side. */

import * as Plot from "@observablehq/plot";
import type { MassTable } from "../../networks/mass_table.ts";
import type { NeuronInteractionNetwork } from "../../networks/network.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { spreadLabels } from "../spread_labels.ts";
import { ABOVE, categoryColor, frame, panel } from "../style.ts";
import { isNarrow } from "../figure_style.ts";

/** Neurons of a layer drawn at most. */
const MOST_NEURONS = 15;
/** Least distance of two labels, as a share of the height of the axis. */
const LABEL_GAP = 0.07;

/** A network and its masses. */
export interface GrownNetwork {
  /** Written above its panel. */
  readonly name: string;
  /** The network; its layers are told apart by colour. */
  readonly network: NeuronInteractionNetwork;
  /** Its masses, from {@linkcode growBoxes}. */
  readonly masses: MassTable;
}

/**
 * Draw the normalised masses p(r) = M(r) / M(d) of some neurons of each layer on logarithmic axes, a panel for each
 * network: a power law is a straight line, and its slope the dimension. Made for {@linkcode generatedNetwork}, where every
 * kind of neuron is a layer.
 *
 * @throws {RangeError} If there is no network, or one without a selected neuron.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { massGrowthFigure } from "neuromfa/figures";
 * import { generatedNetwork, growBoxes } from "neuromfa/networks";
 *
 * const network = generatedNetwork({ kinds: [{ dimension: 0.8, neurons: 5 }] });
 * const figure = massGrowthFigure([{ name: "one kind", network, masses: growBoxes(network) }]);
 * assert.match(figure.svg, /D = 0.8/);
 * ```
 */
export function massGrowthFigure(networks: readonly GrownNetwork[]): Figure {
  if (networks.length === 0) throw new RangeError("there is no network to draw; give at least one");
  const drawn = networks.map(growthOf);
  const lowest = Math.min(...drawn.flatMap(({ lines }) => lines.map(({ share }) => share)));
  const columns = isNarrow() ? 1 : networks.length, width = panel.width / columns;
  return drawFigure({
    name: "mass_growth",
    title: "One slope, or several",
    caption:
      "Share of a neuron's whole mass within the radius, p(r) = M(r) / M(d), on logarithmic axes: a power law is a " +
      `straight line and its slope the dimension D. A line is a neuron; up to ${MOST_NEURONS} of each kind are drawn.`,
    columns,
    panels: drawn.map(({ name, lines, labels }, i) => ({
      ...frame({ width, height: 330, marginLeft: 62, marginRight: 40, marginTop: 44 }),
      x: { type: "log", label: "radius r →", labelAnchor: "center", ticks: 4, tickFormat: "d" },
      y: {
        ...{ type: "log", domain: [lowest, 1], axis: "right" },
        ...{ grid: true, tickFormat: "~g", ticks: 3 },
        label: columns === 1 || i === networks.length - 1 ? "↑ p(r)" : null,
      },
      marks: [
        Plot.text([name], { ...ABOVE, dy: -24 }),
        Plot.line(lines, {
          ...{ x: "radius", y: "share", z: "node", strokeOpacity: 0.5, strokeWidth: 1.2 },
          stroke: ({ color }) => color,
        }),
        Plot.text(spread(labels, lowest), {
          ...{ x: "radius", y: "y", text: "label", textAnchor: "end", dx: -6 } as const,
          ...{ fill: "color", fontWeight: "bold" },
        }),
      ],
    })),
  });
}

/** The lines of a network and, for each layer, where they begin. */
function growthOf({ name, network, masses }: GrownNetwork) {
  const { radii, counts, selected } = masses;
  if (selected.length === 0) {
    throw new RangeError(`${name} has no neuron with enough edges to draw; raise the threshold`);
  }
  const drawnOf = new Map<number, number>();
  const lines = Array.from(selected).flatMap((position, row) => {
    const layer = network.nodeLayers[position]!;
    const before = drawnOf.get(layer) ?? 0;
    drawnOf.set(layer, before + 1);
    if (before >= MOST_NEURONS) return [];
    const own = counts.subarray(row * radii.length, (row + 1) * radii.length);
    const total = own.reduce((sum, count) => sum + count, 1);
    let mass = 1;
    return Array.from(radii, (radius, j) => {
      mass += own[j]!;
      return { node: row, layer, color: categoryColor(layer), radius, share: mass / total };
    });
  });
  const labels = [...drawnOf.keys()].map((layer) => {
    const starts = lines.filter((line) => line.layer === layer && line.radius === radii[0]);
    const logShare = starts.reduce((sum, { share }) => sum + Math.log(share) / starts.length, 0);
    const { color, radius } = starts[0]!;
    return { label: network.layers[layer]!.role, color, radius, logShare };
  });
  return { name, lines, labels };
}

function spread<T extends { logShare: number }>(labels: readonly T[], lowest: number) {
  const low = Math.log(lowest), places = labels.map(({ logShare }) => logShare);
  const spreadOut = spreadLabels(places, -LABEL_GAP * low, [low, 0]);
  return labels.map((label, i) => ({ ...label, y: Math.exp(spreadOut[i]!) }));
}
