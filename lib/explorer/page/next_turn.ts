/** The page's turn between two pieces of work. */

/** When the page has had its turn, and what was drawn is to be seen; a page that nobody looks at draws nothing. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}
