import { chromium } from "playwright-core";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-dev-shm-usage"] });
const [name, width, dark, url] = Deno.args;
const page = await browser.newPage({ viewport: { width: Number(width), height: 900 }, colorScheme: dark === "dark" ? "dark" : "light" });
page.on("console", (m) => console.log("CONSOLE", m.type(), m.text().slice(0,600)));
page.on("pageerror", (e) => console.log("ERROR", e.message, e.stack?.slice(0,600)));
page.on("worker", (w) => console.log("WORKER", w.url().slice(0,80)));
const t = performance.now();
await page.goto(url);
for (let i=0;i<40;i++){ await new Promise(r=>setTimeout(r,500));
 const s = await page.evaluate(() => ({st: document.querySelector(".status")?.textContent, f: document.querySelector(".state .fault")?.textContent, stale: document.querySelectorAll(".stale").length, nfd: !!document.querySelector("#view-nfd svg"), body: document.body.innerText.slice(0,100), pr: document.querySelector("progress")?.value}));
 if (i%6===0) console.log(JSON.stringify(s));
 if (s.nfd && s.stale===0) break; }
console.log("ready", performance.now() - t);
await page.screenshot({ path: `/tmp/${name}.png`, fullPage: true });
console.log(await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]));
await browser.close();
Deno.exit();
