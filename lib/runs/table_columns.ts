/** The columns of a model's tables, in order, and what their cells hold. */

/** Columns of `E_<model>.csv`, but for the last. */
const MEASURED_COLUMNS = {
  step: "number",
  alpha_0: "number|NaN",
  width: "number|NaN",
  E: "number|NaN",
  E_low: "number|NaN",
  E_high: "number|NaN",
  samples_kept: "number",
} as const;

/** Columns of `E_<model>.csv`. */
export const EMERGENCE_COLUMNS = { ...MEASURED_COLUMNS, status: "text" } as const;

/** Columns of `E_<model>.csv` where E is compared with a null model. */
export const EXCESS_COLUMNS = {
  ...MEASURED_COLUMNS,
  E_null: "number|NaN",
  E_null_low: "number|NaN",
  E_null_high: "number|NaN",
  excess: "number|NaN",
  excess_low: "number|NaN",
  excess_high: "number|NaN",
  p_value: "number|NaN",
  null_draws: "number",
  status: "text",
} as const;

/** Columns of `spectra.csv`. */
export const SPECTRA_COLUMNS = {
  step: "number",
  sample: "number|full",
  q: "number",
  tau: "number",
  r_value: "number",
  p_value: "number",
  stderr: "number",
  alpha: "number?",
  f_alpha: "number?",
} as const;

/** Columns of `samples.csv`. */
export const SAMPLES_COLUMNS = {
  step: "number",
  sample: "number|full",
  edges: "number",
  nodes: "number",
  selected_nodes: "number",
  radii: "number",
  alpha_0: "number?",
  alpha_0_index: "number?",
  alpha_0_analytic: "number?",
  tie: "boolean?",
  width: "number?",
  filtered: "boolean?",
  status: "text",
} as const;
