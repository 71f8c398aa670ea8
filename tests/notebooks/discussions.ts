/** What the results of the exercises say, one text an exercise, in the order of the notebooks' lists. */

/** Decimal numbers in these texts are held against what the exercise and its notebook show. */
export const DISCUSSIONS: Readonly<Record<string, readonly string[]>> = {
  "01_first_look": [
    "E at the last step moves from −0.269 to −0.046, and α₀ there from 0.499 to 1.267. The curves of the masses and of the partition function end at radius 25, before they flatten, so they are straighter; exercise 3 of notebook 03 puts a number on that. E stays below zero.",
    "At the last step α₀ moves from 0.499 to 0.491, less than a hundredth, and E from −0.269 to −0.239. E is the logarithm of a ratio of two such α₀ times a ratio of widths, and the width falls from 0.330 to 0.300 as well.",
    "The small model is such a folder, so nothing changes here. The sign does hang on the threshold: at the last step E is −0.269 up to 150, and 0.072 up to half a median of the untrained lengths.",
  ],
  "02_neuron_interaction_network": [
    "With three neurons a layer the picture holds a handful of edges, and the quarter that is dark is a matter of which neurons were drawn. Compare both pictures before you say where the dark edges leave: what both show is worth a check on all neurons, what one shows is not.",
    "Before training the median length is 12.81; after it, 15.07. But the shortest hundredth of the edges is at most 3.40 long before and 2.47 after: training makes most weights smaller and a few much larger. Which layers the dark edges leave is then a matter of initialisation alone.",
    "The caption counts 200 of 8,192 edges. The drawing does not change, since it only ever joins neurons that are drawn.",
  ],
  "03_box_growing_and_mass": [
    "The measured width is 1.31 where the dimensions lie 1.2 apart; before, it was 0.35 for 0.4. It is still close, but now too wide. α₀ stays at the mean dimension, 1.00.",
    "With 50 slow and 10 fast neurons α₀ is 0.86, near the dimension 0.8 that most of them have, and the width is 0.28. The few fast neurons pull the far end of the spectrum, not its peak. Swapped, the peak goes to the other side.",
    "Up to 25 the lines are straighter: r² rises from 0.651 to 0.912 at q = −3, and from 0.685 to 0.947 at q = 3. α₀ moves from 0.498 to 1.265 for the same weights: it depends on the threshold more than on anything that training did.",
  ],
  "04_two_conventions": [
    "Yes: with 5 samples the reading with all edges has −0.269 to −0.263, and the reference −0.246 to −0.201, which do not overlap. The second is several times as wide.",
    "All readings lose about half of their E: the reference goes to −0.126, the corrected one to −0.151. What they add to one another stays small beside what the threshold does.",
    "10 of 10 rows have a tie. A tie at order 0 makes the published rule take a neighbour's α, which is how E at the last step moves by −0.020 by step 0 alone.",
  ],
  "05_sampling_bias": [
    "It does not vanish. A sample of 32 is a whole layer everywhere but inside the feed-forward layer, of which it takes 64 of 128, and that is enough to keep it off the dashed line: section 4 of notebook 06 has the numbers of this model.",
    "On this model neither does. The tables of exercise 1 in notebook 06 have E of both kinds beside the full network, up to 150 and up to 25: all of them lie above it. Run it on nano-64 before you generalise.",
    "The bars get shorter, as intervals over four times as many samples do. The distance from the dashed line stays: it is a bias, and more samples do not remove it.",
  ],
  "06_repeated_samples": [
    "No sample stands apart here, at either threshold: α₀ lies between 1.265 and 1.271. Up to 150 it lay between 0.496 and 0.499. In every sample the smallest radius is 1, with the same 6 edges. The full network has E = −0.070, the samples with all edges −0.045.",
    "None of 30 stands apart in this model: α₀ lies between 0.496 and 0.501, and all samples share the smallest radius, 1. In nano-64, where samples differ in their shortest edge, some do.",
    "Rows with all edges can't move: they keep every edge of a drawn neuron, whichever rows its queries, keys and values are. That of 32 sampled neurons can't either in a layer of 32, at −0.234. With 8 neurons E moves from −0.121 to −0.165.",
  ],
  "07_sensitivity": [
    "No. At step 768 the map has −.16 for whole numbers and −.02 for tenths, and at the last step −.27 and −.16, although not one weight has changed. Rounding decides which radii there are, and short ones weigh much on a logarithmic axis.",
    "The kinds get E of both signs, as the numbers in the cells show. A kind with an edge much shorter than its others begins its fit at that radius: it is the row whose E jumps at a single step.",
    "At three orders they span five or six of the 20 radii, 19 being the largest, and none spans more than a factor of 1.7. On so short a stretch nearly any curve looks straight.",
  ],
  "08_node_fractal_dimension": [
    "The median at the last step rises from 0.624 to 0.907. Few edges lie between 50 and 150, and the slope no longer counts that flat end. In the map the largest cell is 1.104, where it was 0.729: read each layer against its own cell before.",
    "The median at the last step is 0.623 in place of 0.624. In this model a sample of 32 holds whole layers but for the feed-forward one, so only that loses edges. What falls is the sample's: no weight has changed.",
    "The median at the last step moves from 0.624 to 0.628, which is less than training moved it.",
  ],
  "09_two_layer_paths": [
    "It widens again: at the last step from 0.330 for single edges and 0.447 over two layers (the notebook as it is) to 0.499 over three. E is −0.339, against −0.351 over two layers: the third layer changes E little.",
    "E keeps its sign at the last step, −0.046 and −0.034, but is a fraction of what it was up to 150. It still goes along with the degree: over levels the correlation is 0.910 for single edges and 0.990 for paths. With five steps of one run that is a picture, not evidence.",
    "In this CNN E of single edges goes along with the degree weakly (0.377), at fixed radii more (0.826), and along paths against it (−0.865). The relation of the language models is not a law.",
  ],
  "10_models_over_training": [
    "Of the two sizes run here nano-32 is below zero at step 512 already, at −0.043, where nano-48 is still above, at 0.004. At the last step both are below: −0.084 and −0.170, so the order turns round.",
    "One sample a step has no interval, so whatever order the figure shows at step 128 is not known to be one. Name what you would need to know it: more samples, and more seeds.",
    "Bands of means narrow with more samples, as 1 / √n. Where samples are of two kinds, those with an edge that others lack, the mean lies between the kinds and its band tells of their shares; that a status names.",
  ],
  "11_deduplicated": [
    "No: between the two seeds run here the deviation of E up to 150 at the last step is 0.076. It is a difference between runs, and more samples of each run leave it as it is.",
    "At step 512, t is −13.300 up to 25, and 44.437 up to the median: two of 12 rows exceed 4.3. At a level of 5 % chance alone gives 0.6 of 12 rows, and rows of one run are not independent. It is a reason to train more seeds, not a finding.",
    "A lot: at step 4096 t goes to −18.025 with two seeds. Two seeds can lie close together by chance, their deviation is then tiny and t huge. With one degree of freedom even that has p = 0.035.",
  ],
  "12_emergence_and_scores": [
    "The loss has its onset between 128 and 512, where E up to 150 moves by −0.075. It falls from 4.553 to 1.530, and E falls too. Two curves that go one way go along with each other, whatever they are.",
    "The size of E: over the onsets between 768 and 4096 it moves by −0.025 up to 25, and by −0.112 up to 150. The shapes of the panels change with it, while the scores are the same.",
    "Brackets and agreement now begin between 128 and 512, recall between 0 and 128. A tenth of a score's rise is near its noise, so which stretch an onset falls in depends on the share that was chosen.",
  ],
  "13_radar": [
    "Count them: with five steps some lie on each other already. A radar has no axis of time that would help, and the order of its loops is in their colours alone.",
    "The spoke goes, and the loop's area with it, although nothing about the model has changed. The area of a radar depends on which spokes it has and in which order.",
    "Inward over training, as before: E falls from 0 to −0.047 in place of −0.269. As the spoke has a scale of its own, its length does not show that.",
  ],
  "14_is_it_structure": [
    "In this model E keeps its sign: −0.268 becomes −0.045. Of that, permuted weights give −0.043, and the excess is −0.002 with p = 0.55: none that can be told from chance.",
    "No: in nano-cnn E is 0.069, with permuted weights 0.073, an excess of −0.004. Gaussian weights give only 0.006. But two draws allow no p value below a third, and the fit is poor, as the status says.",
    "With 19 draws p could be 0.05 at least, with 99 it can be 0.01. A p value near 0.3 becomes known more exactly; it has no reason to move towards 0.05.",
  ],
  "15_correlations": [
    "The row of α₀ reads as that of E: worth no independent point, and no p value anywhere. E is α₀ beside its start, times a width, and over five steps no method can part them.",
    "No interval changes its side here, since five steps are too few for any. With blocks of one, checkpoints count as independent, and intervals get narrower than they may be. Run it on nano-64 to see it.",
    "Ranks of t and of ln(t + 1) are the same, since the logarithm keeps the order; so Spearman's time alone is one number. Over five steps ranks agree easily: 5 values have 120 orders.",
  ],
  "16_falling_performance": [
    "Compare the panels of α₀ and of the width at the last steps with step 4096. E alone, −0.181 there and −0.223 at the end, cannot say which goes on, since it is made of both.",
    "The loss jumps within 16 steps and then falls. E at those steps is −0.183, −0.182 and −0.180: it does not notice.",
    "They don't come back: 1024 steps after the answers were shuffled the change of the norm is 1.355 times what it was, that of the degree 1.299 times, and E up to 150 is 1.231 times. The mean score keeps 0.056 of itself.",
  ],
  "17_other_architectures": [
    "The CNN's layers have 24 to 48 channels, so a sample of 32 holds some of them whole and most of the others, and keeps most edges. The wider a layer is, the more of its edges a sample of 32 takes away: look up the MLP's widths before you compare the curves.",
    "Doubling the widths shortens nothing by itself: initial weights get smaller with the number of inputs, so lengths grow by about √2 in a layer whose inputs double. Look at the table of lengths in section 3 before E.",
    "Both are residual networks with blocks of another kind. If the spectra turn back above f = 0 or the status names a poor fit, no number of theirs should be compared.",
  ],
  "18_replication": [
    "The guide's table says what it moves. Pythia-70m has no published points, so the notebook draws them as another model's: the run checks that the way works, not the curve.",
    "The convention moves E a little (notebook 04), the threshold and the number of neurons more. How far its curve is from the published points is the last table's `mean difference`.",
    "The excess is E less what the same weights in random places give. In `nano-64` it is near zero (notebook 14). If it is near zero here too, the curve tells of the distribution of weights.",
  ],
  "19_scale": [
    "Below zero: −0.023, where E is −0.046 and −0.024 are expected from the weights' distribution. Up to 150 the residual is −0.042 of −0.269. For Pythia no neuron has enough edges up to 25.",
    "Yes: 0.249 at s = 2, 0.436 at s = 3 and 1.124 at s = 5, with 0.73 published between the last two. With 32 neurons s = 5 gave 0.865.",
    "Section 2 prints by how much the median weight grew, and what E that gives. Compare that with the published E at the same step: what is left is all that the structure could explain.",
  ],
  "20_error_bars": [
    "The studentised rows come closer to 95 %. The percentiles of five samples do not: their error is of the method, not of the number of trials. With 20 trials a share is known to about five points only, with 8000 to a quarter of one.",
    "With nine and one the interval of the share reaches from 0.555 to 0.997. Ten samples with one of another kind look like an outlier to be left out; the interval says that up to nearly half of all samples might be of that kind.",
    "To the right: from −0.317 to 1.957, further up than down from the mean, since the few large values of an exponential distribution are likely to be missing from a small sample. Percentiles reach only from 0.106 to 0.987.",
  ],
  "21_english": [
    "Of nano-64-english, spelling's stretch now has E move by −0.025 in place of 0.092: the sign of the same step turns with the threshold. Compare the final E of the others in the figure.",
    "Two move in: articles and quotations now begin between 512 and 1024, where E changes most, by 0.092; spelling moves out, to 256 and 512. A coincidence that comes and goes with the share is no evidence.",
    "Nearly nothing changes: E is −0.121 in place of −0.119, with −0.108 expected, and the residual −0.013 in place of −0.011. What is left of E beside the distribution of weights is a tenth.",
  ],
};
