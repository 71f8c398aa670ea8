/** Who asks a hub, where it has to know: a page has no token, and is given none. */

/** What to do where a model may not be read without a token. */
export const SET_TOKEN = "measure it by the command, where HF_TOKEN is set: a page takes no token";
