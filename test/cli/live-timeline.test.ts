import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { LiveTimeline } from "../../cli/live-timeline";
import { rehearsalSamples } from "../drill/rehearsal-samples";

function shown(options: { dots: boolean; color: boolean }, upToSeconds: number, routing?: string): string {
  let text = "";
  const timeline = new LiveTimeline(options, (more) => {
    text += more;
  });
  if (routing !== undefined) timeline.plays({ routing: routing as never });
  text += timeline.legend();
  for (const sample of rehearsalSamples()) if (sample.atSeconds < upToSeconds) timeline.add(sample);
  timeline.end();
  const once = text;
  timeline.end();
  assert.equal(text, once);
  return text;
}

describe("cli/live-timeline", () => {
  it("has one letter a system second on a terminal", () => {
    assert.equal(
      shown({ dots: true, color: false }, 110),
      [
        "  one letter a system second: · primary  o standby  x failed",
        `     0 s ${"·".repeat(30)}`,
        "    30 s fault: http-503",
        `    30 s ${"x".repeat(60)}`,
        `    90 s ${"x".repeat(11)}${"o".repeat(9)}`,
        "",
      ].join("\n"),
    );
  });

  it("has a plain line every ten seconds elsewhere", () => {
    assert.equal(
      shown({ dots: false, color: false }, 40),
      [
        "    10 s 10 requests, 0 failed; DNS: primary; 16 of 16 checkers healthy",
        "    20 s 10 requests, 0 failed; DNS: primary; 16 of 16 checkers healthy",
        "    30 s 10 requests, 0 failed; DNS: primary; 16 of 16 checkers healthy",
        "    30 s fault: http-503",
        "    40 s 10 requests, 10 failed; DNS: primary; 16 of 16 checkers healthy",
        "",
      ].join("\n"),
    );
  });

  it("names no primary and no standby of a set that several serve", () => {
    const [legend] = shown({ dots: true, color: false }, 10, "weighted").split("\n");
    assert.equal(legend, "  one letter a system second: · one member  o another  x failed");
    const lines = (routing: string) => shown({ dots: false, color: false }, 10, routing);
    assert.equal(
      lines("weighted"),
      "    10 s 10 requests, 0 failed; DNS: one member; 16 of 16 checkers healthy\n",
    );
    assert.match(lines("failover"), /DNS: primary;/);
  });

  it("bridges the pause between two requests, and no longer one", () => {
    let text = "";
    const timeline = new LiveTimeline({ dots: true, color: false }, (more) => {
      text += more;
    });
    const requests = rehearsalSamples().filter(({ kind }) => kind === "request" || kind === "answer");
    const kept = requests.filter(({ atSeconds }) => [0, 3, 7].includes(Math.floor(atSeconds)));
    for (const sample of kept) timeline.add(sample);
    timeline.end();
    assert.equal(text, "     0 s ······ ·\n");
  });

  it("shows the seconds that are left when it ends", () => {
    assert.match(shown({ dots: false, color: false }, 44), /^ {4}44 s 4 requests, 4 failed; .*\n$/m);
  });

  it("says the same with colours", () => {
    const colored = shown({ dots: true, color: true }, 300);
    assert.notEqual(colored, shown({ dots: true, color: false }, 300));
    assert.equal(stripVTControlCharacters(colored), shown({ dots: true, color: false }, 300));
  });

  it("fits 80 columns", () => {
    for (const dots of [true, false]) {
      const long = shown({ dots, color: false }, 300)
        .split("\n")
        .filter((line) => line.length > 80);
      assert.deepEqual(long, []);
    }
  });
});
