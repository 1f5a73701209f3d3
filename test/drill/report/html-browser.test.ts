import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { htmlPage } from "../../../drill/report/html-page";
import { buildView } from "../../../drill/report/view";
import { Chromium, chromiumPath, type Look } from "./chromium";
import { plotData } from "./html-fixture";
import { reportParts, WORDS } from "./report-parts";

const file = chromiumPath();

/** Every picture's box, which is 0 where a screen does not show it. */
const BOXES = `[...document.querySelectorAll(".picture svg")].map((svg) => {
  const { width, height } = svg.getBoundingClientRect();
  return { of: svg.closest("figure").id, kind: svg.parentElement.classList[1], width, height };
})`;
/** How wide the page is with every fold open, which a phone widens its screen for. */
const PAGE_WIDTH = `document.querySelectorAll("details").forEach((fold) => { fold.open = true; }),
  Math.max(document.documentElement.scrollWidth, innerWidth)`;
/** Names of plots that lie on each other or leave the picture, in a picture that is shown. */
const COLLISIONS = `[...document.querySelectorAll(".picture svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  return texts.flatMap(([name, a], index) => [
    ...(a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1
      ? [svg.closest("figure").id + ": " + name + " leaves the picture"] : []),
    ...texts.slice(index + 1).filter(([, b]) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3
    ).map(([other]) => svg.closest("figure").id + ": " + name + " on " + other),
  ]);
})`;

/** A rehearsal of a set, whose failed requests are drawn too. */
function failingParts() {
  const parts = reportParts();
  const stretches = Array.from({ length: 20 }, (_, stretch) => Math.max(0, 50 - 3 * stretch));
  return reportParts({
    simulation: {
      ...parts.simulation!,
      failedShare: stretches.map((failed, index) => ({ atSeconds: 5 * index, sent: 100, failed })),
      untouched: { cutover: 12, failback: 3 },
    },
    loopback: {
      ...parts.loopback!,
      failedShare: stretches.map((failed, index) => ({
        fromSeconds: 10 * (index - 2),
        requests: 100,
        failed,
      })),
    },
  });
}

describe(`drill/report/html in a browser${file === undefined ? " (skipped: no Chromium on this machine)" : ""}`, function () {
  this.timeout(60_000);
  let folder: string;
  let chromium: Chromium;
  let url: string;

  before(async function () {
    if (file === undefined) return this.skip();
    folder = mkdtempSync(path.join(tmpdir(), "warm-standby-page-"));
    const page = path.join(folder, "report.html");
    writeFileSync(page, htmlPage(buildView(failingParts(), WORDS), plotData()));
    url = pathToFileURL(page).href;
    chromium = await Chromium.start(file);
  });
  after(async () => {
    await chromium?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const looks: readonly (Look & { name: string; kind: "wide" | "narrow" })[] = [
    { name: "on a phone", width: 360, height: 740, kind: "narrow" },
    { name: "on a phone in the dark", width: 360, height: 740, scheme: "dark", kind: "narrow" },
    { name: "on a tablet", width: 800, height: 1_000, kind: "wide" },
    { name: "on a desk", width: 1_280, height: 900, kind: "wide" },
    { name: "on a desk in the dark", width: 1_280, height: 900, scheme: "dark", kind: "wide" },
    { name: "on paper", width: 718, height: 1_000, media: "print", kind: "wide" },
  ];
  for (const { name, kind, ...look } of looks) {
    it(`fits ${name}: every plot is there once, nothing scrolls sideways, no name lies on another`, async () => {
      await chromium.open(url, look);
      assert.deepEqual(chromium.requests, [url]);
      assert.deepEqual(chromium.complaints, []);
      const boxes =
        await chromium.evaluate<{ of: string; kind: string; width: number; height: number }[]>(BOXES);
      const shown = boxes.filter(({ width, height }) => width > 250 && height > 100);
      assert.deepEqual(
        shown.map((box) => `${box.of} ${box.kind}`),
        ["timeline", "failed-share", "cutover", "failback", "frontier", "cost"].map((id) => `${id} ${kind}`),
      );
      assert.deepEqual(
        boxes.filter((box) => !shown.includes(box)).map(({ width, height }) => width + height),
        [0, 0, 0, 0, 0, 0],
      );
      assert.deepEqual(await chromium.evaluate(COLLISIONS), []);
      assert.equal(await chromium.evaluate(PAGE_WIDTH), look.width);
    });
  }

  it("follows a dark reader on the screen and not on paper", async () => {
    const ground = "getComputedStyle(document.body).backgroundColor";
    const ink = `getComputedStyle(document.querySelector('.picture.wide text[fill="#1f2328"]')).fill`;
    const colors = async (look: Partial<Look>) => {
      await chromium.open(url, { width: 1_280, height: 900, ...look });
      return [await chromium.evaluate(ground), await chromium.evaluate(ink)];
    };
    assert.deepEqual(await colors({ scheme: "light" }), ["rgb(255, 255, 255)", "rgb(31, 35, 40)"]);
    assert.deepEqual(await colors({ scheme: "dark" }), ["rgb(13, 17, 23)", "rgb(230, 237, 243)"]);
    assert.deepEqual(await colors({ scheme: "dark", media: "print" }), [
      "rgb(255, 255, 255)",
      "rgb(31, 35, 40)",
    ]);
  });

  it("prints", async () => {
    await chromium.open(url, { width: 1_280, height: 900 });
    assert.equal((await chromium.print()).subarray(0, 5).toString(), "%PDF-");
  });
});
