/** The code of axe, which looks for what keeps people out of a page. */

import axe from "axe-core";

/** To be run in a page; it leaves `axe` there. */
export const axeSource: string = (axe as { readonly source: string }).source;
