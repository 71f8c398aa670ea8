/** The way in which units are measured, so that none of an older way passes for one of this. */

/**
 * Counts the ways in which units were measured so far: raise it by 1 with a change after which the same weights and choices give
 * other numbers. It is part of the key of every unit, so what an older build has kept is measured again. A test compares the
 * numbers of this way with those that it had when it was new.
 */
export const MEASURING = 2;
