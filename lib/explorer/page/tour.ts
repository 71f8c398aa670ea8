/** The guided tour: notebook 01 in seven steps, each with a control to move. */

import type { ExplorerState } from "../explorer_state.ts";
import type { ViewName } from "./page_views.ts";

/** A step of the tour. */
export interface TourStep {
  readonly title: string;
  /** What is to be seen, in a sentence or two. */
  readonly words: string;
  /** What to do. */
  readonly move: string;
  readonly question: string;
  readonly answer: string;
  /** The view that it is about, by name. */
  readonly view: ViewName;
  /** Settings that the step begins with. */
  readonly settings: Partial<ExplorerState>;
}

/** The steps in order. */
export const TOUR: readonly TourStep[] = [
  {
    title: "Weights become distances",
    words:
      "Every neuron is a node, and a weight w is an edge of length d = 1/|w|: what is strongly coupled is close.",
    move: "Move the step of the network from 0 to the last and watch the dark, short edges.",
    question: "Do edges get shorter or longer while the model trains?",
    answer:
      "In nano-32 most get longer: the median length of sample 0 goes from 11.5 at step 0 to 13.0 at step 4,096.",
    view: "graph",
    settings: { step: 0, block: 0 },
  },
  {
    title: "Boxes grow",
    words:
      "A box of radius r around a neuron holds it and every edge that is not longer than r: its mass M(r).",
    move: "Choose other neurons, in the graph or in the list.",
    question: "Would a fractal look like this?",
    answer:
      "No: on these axes a fractal is a straight line. Here nothing is found at the smallest radii, then the mass climbs steeply, and in the end there is hardly an edge left to find.",
    view: "box",
    settings: {},
  },
  {
    title: "The partition function weighs neurons",
    words:
      "Z_q(r) is the sum over neurons of their share of mass to the power q; its slope on logarithmic axes is τ(q).",
    move: "Change the order q from −3 to 3.",
    question: "Which orders leave their line?",
    answer:
      "All of them: at the last step of nano-32 r² is 0.65 to 0.69 whatever the order. A power law holds over some of the radii only, and the method fits one line through all of them all the same.",
    view: "partition",
    settings: { order: -3 },
  },
  {
    title: "From slopes to a spectrum",
    words:
      "The slope of τ(q) is α, and f(α) = qα − τ(q) is the spectrum: α₀ at its peak is the regularity, its width the heterogeneity.",
    move: "Change the range of q from −3:3:0.1 to −1:1:0.1.",
    question: "What happens to the width when fewer orders are looked at?",
    answer:
      "It gets smaller, from 0.33 to 0.14 at the last step of nano-32: the ends of the curve belong to the largest |q|. Widths can be compared only for the same range of q.",
    view: "spectra",
    settings: {},
  },
  {
    title: "The degree of emergence",
    words:
      "E compares the width and α₀ of a step with those of the untrained model. The band says how far other samples might be.",
    move: "Change the samples from 5 to 10.",
    question: "Does E rise where the scores rise?",
    answer:
      "Not in nano-32: skills appear one after another, while E falls from step 64 on, to −0.27.",
    view: "emergence",
    settings: {},
  },
  {
    title: "A null model",
    words:
      "Put the weights of each matrix in random places: their sizes stay, and who is joined to whom is lost.",
    move: "Switch the null model “permute” on.",
    question: "How much of E is left above it?",
    answer:
      "Hardly any in nano-32: at the last step E is −0.27 and that of the null model −0.25. Most of E comes from the distribution of the weights, not from who is joined to whom.",
    view: "null",
    settings: {},
  },
  {
    title: "The threshold",
    words:
      "The published threshold 150 is a length. Whether that is long depends on the model: in nano-32 it is 13 times the median edge.",
    move:
      "Drag the threshold from 150 down to about 11, the median length of the untrained nano-32.",
    question: "Does the sign of E hold?",
    answer:
      "No: at the last step of nano-32 E is −0.27 at 150 and above 0 at 16 and below. The map shows where it turns. A claim about E is a claim about a threshold.",
    view: "map",
    settings: { map: true },
  },
];
