/** Who asks a hub, where it has to know. */

/** What to do where a model may not be read without a token. */
export const SET_TOKEN = "set HF_TOKEN";
