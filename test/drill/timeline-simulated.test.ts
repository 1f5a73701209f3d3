import assert from "node:assert/strict";
import { simulatedTimeline } from "../../drill/timeline-simulated";
import type { SimulatedSample } from "../../rehearsal/simulation/simulated-sample";

const SAMPLE: SimulatedSample = {
  basis: "simulated",
  kind: "cutover",
  index: 0,
  seed: 1,
  faultAtSeconds: 15.5,
  healAtSeconds: 25.5,
  cutover: { unhealthySeconds: 2, authoritativeSeconds: [3, 4], clientSeconds: [4, 6] },
  failback: { healthySeconds: 1, authoritativeSeconds: [2, 2.5], clientSeconds: [3, null] },
};
const failedShare = [
  { atSeconds: 0, failed: 8, sent: 10 },
  { atSeconds: 5, failed: 2, sent: 10 },
];

describe("drill/timeline-simulated", () => {
  it("draws one cutover: check, first name server, first resolver's clients, fault and heal", () => {
    const { timeline, ...words } = simulatedTimeline({ sample: SAMPLE, failedShare, profiles: [] });
    const { requests, ...rest } = timeline;
    assert.deepEqual(words, { index: 0, profiles: [], clientSeconds: 6, failbackSeconds: 3 });
    assert.deepEqual(rest, {
      names: { checked: "primary", primary: "primary", standby: "standby" },
      fromSeconds: -15.5,
      toSeconds: 33,
      faultSeconds: 0,
      healSeconds: 10,
      checkers: [
        { atSeconds: -15.5, healthy: 1, of: 1 },
        { atSeconds: 2, healthy: 0, of: 1 },
        { atSeconds: 11, healthy: 1, of: 1 },
      ],
      authoritative: [
        { fromSeconds: -15.5, toSeconds: 3, server: "primary" },
        { fromSeconds: 3, toSeconds: 12, server: "standby" },
        { fromSeconds: 12, toSeconds: 33, server: "primary" },
      ],
      resolver: [
        { fromSeconds: -15.5, toSeconds: 4, server: "primary" },
        { fromSeconds: 4, toSeconds: 13, server: "standby" },
        { fromSeconds: 13, toSeconds: 33, server: "primary" },
      ],
    });
    assert.deepEqual(requests.slice(0, 4), [
      { fromSeconds: -15.5, toSeconds: 0, failed: 0, standby: 0, primary: 10 },
      { fromSeconds: 0, toSeconds: 5, failed: 8, standby: 0, primary: 2 },
      { fromSeconds: 5, toSeconds: 10, failed: 2, standby: 8, primary: 0 },
      { fromSeconds: 10, toSeconds: 15, failed: 0, standby: 10, primary: 0 },
    ]);
    assert.deepEqual(requests.at(-1), { fromSeconds: 30, toSeconds: 33, failed: 0, standby: 5, primary: 5 });
  });

  it("knows no standby where members serve side by side", () => {
    const { timeline } = simulatedTimeline({
      sample: SAMPLE,
      failedShare,
      profiles: [],
      routing: "weighted",
    });
    assert.deepEqual(timeline.names, {
      checked: "lost member",
      primary: "all members",
      standby: "other members",
    });
  });

  it("stays with the primary where nobody came over", () => {
    const nobody = {
      ...SAMPLE,
      cutover: { unhealthySeconds: null, authoritativeSeconds: [null], clientSeconds: [null] },
      failback: { healthySeconds: 0, authoritativeSeconds: [null], clientSeconds: [null] },
    };
    const { timeline, clientSeconds } = simulatedTimeline({ sample: nobody, failedShare, profiles: [] });
    const always = [{ fromSeconds: -15.5, toSeconds: 30, server: "primary" }];
    assert.deepEqual([timeline.authoritative, timeline.resolver, clientSeconds], [always, always, null]);
    assert.deepEqual(timeline.checkers, [{ atSeconds: -15.5, healthy: 1, of: 1 }]);
  });
});
