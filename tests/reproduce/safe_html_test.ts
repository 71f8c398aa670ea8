import assert from "node:assert/strict";
import { marked } from "marked";
import { safeHtml } from "../../notebooks/reproduce/safe_html.ts";

Deno.test("running text, formulas and links stay as they are", () => {
  const html = "Does <em>it</em> <strong>rise</strong> as <code>a &lt; b</code>, isn&#39;t " +
    '<i>α<sub>0</sub></i> <del>2</del><br>&quot;x&quot;? <a href="https://example.org/?a=1&amp;b=2">here</a>';
  assert.equal(safeHtml(html), html);
});

Deno.test("every other tag is turned into text", () => {
  assert.equal(
    safeHtml("What <script>alert('q')</script><img src=x onerror=alert(2)><svg/onload=alert(3)>?"),
    "What &lt;script&gt;alert('q')&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;" +
      "&lt;svg/onload=alert(3)&gt;?",
  );
  assert.equal(
    safeHtml("</p></section><style>p{}</style><!-- a --><b"),
    [
      ...["&lt;/p&gt;", "&lt;/section&gt;", "&lt;style&gt;p{}&lt;/style&gt;", "&lt;b"],
    ].join(""),
  );
});

Deno.test("attributes but the address of a link are left out", () => {
  assert.equal(safeHtml('<em onclick="alert(1)" style="color:red">a</em>'), "<em>a</em>");
  assert.equal(
    safeHtml('<a href="https://example.org/" onmouseover="alert(1)" target=_top>a</a>'),
    '<a href="https://example.org/">a</a>',
  );
});

Deno.test("a link that leads anywhere but to a page or a mail address is its text", () => {
  const addresses = [
    ...["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "vbscript:x"],
    ...["java&#9;script:alert(1)", "java&Tab;script:alert(1)", "&#x6A;avascript:alert(1)"],
    ...["javascript&colon;alert(1)", "\u0001javascript:alert(1)", "data:text/html,<b>x</b>"],
    ...["data:image/svg+xml,x", "file:///etc/passwd", "blob:x", "02_next.ipynb", "//x", "https:x"],
  ];
  for (const address of addresses) {
    assert.equal(safeHtml(`<a href="${address}">x</a>`), "<a>x</a>", address);
    const unquoted = safeHtml(`<a href=${address}>x</a>`);
    assert.doesNotMatch(unquoted, /<[^>]*(script|data|href)/i, address);
  }
  assert.equal(
    safeHtml(marked.parseInline("[x](javascript:alert(3))", { async: false })),
    "<a>x</a>",
  );
  for (const address of ["http://a.example/", "https://b.example", "mailto:c@d.example"]) {
    assert.equal(safeHtml(`<a href="${address}">x</a>`), `<a href="${address}">x</a>`);
  }
});
