import assert from "node:assert/strict";
import { failedShareGroups } from "../../../../drill/report/failed-shares";
import { failedShareFigure } from "../../../../drill/report/plots/failed-share-figure";
import type { Report } from "../../../../drill/report/report";

const group = (name: string, notCovered: string | null) => ({
  group: name,
  notCovered,
  requests: 10,
  failed: 5,
  cutoverSeconds: 60,
  failbackSeconds: 60,
});
const COVERED = group("http visitors", null);
const LEFT = group("https visitors", "a website endpoint answers HTTP only");

const groupsOf = (...groups: (typeof COVERED)[]) =>
  failedShareGroups({ loopback: { groups } } as unknown as Report);

const figure = (groups?: ReturnType<typeof groupsOf>) =>
  failedShareFigure({
    simulated: [
      { atSeconds: 0, sent: 10, failed: 10 },
      { atSeconds: 5, sent: 10, failed: 0 },
    ],
    loopback: [{ fromSeconds: 0, requests: 10, failed: 5 }],
    boundSeconds: 144,
    objectiveSeconds: 300,
    ...(groups && { groups }),
  });

describe("drill/report/plots/failed-share-figure", () => {
  it("names the group that was simulated, and the one that was not with why", () => {
    const { summary, legend } = figure(groupsOf(COVERED, LEFT));
    assert.equal(
      summary,
      "Simulated for http visitors: 100 % failed at first, none from 5 s on. " +
        "Over real sockets for all visitors together: 50 % failed at first, and some until the heal. " +
        "Not simulated: https visitors (a website endpoint answers HTTP only).",
    );
    assert.deepEqual(
      legend.map(({ text }) => text),
      ["simulated, http visitors", "over real sockets, all visitors"],
    );
  });

  it("names nobody where all visitors are alike", () => {
    const plain =
      "Simulated: 100 % failed at first, none from 5 s on. Over real sockets: 50 % failed at first, and some until the heal.";
    for (const groups of [undefined, groupsOf(), groupsOf(COVERED)]) {
      const { summary, legend } = figure(groups);
      assert.equal(summary, plain);
      assert.deepEqual(
        legend.map(({ text }) => text),
        ["simulated", "over real sockets"],
      );
    }
  });
});
