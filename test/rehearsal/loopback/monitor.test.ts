import assert from "node:assert/strict";
import { AddressBook } from "../../../rehearsal/loopback/address-book";
import { Monitor } from "../../../rehearsal/loopback/monitor";
import { StubResolver } from "../../../rehearsal/loopback/stub-resolver";
import { SystemClock } from "../../../rehearsal/loopback/system-clock";
import type { DnsAnswer } from "../../../rehearsal/simulation/answer";
import type { Sample } from "../../../rehearsal/simulation/sample";
import { NAME, PRIMARY, profilePlan, STANDBY } from "./plan-fixture";

describe("rehearsal/loopback/monitor", () => {
  let nowMs: number;
  let samples: Sample[];
  let monitor: Monitor;

  const answer = (data: string): DnsAnswer => ({
    rcode: "NOERROR",
    records: [
      { name: NAME, type: "CNAME", ttlSeconds: 10, data: "us-east-1.profiles.example.com" },
      { name: "us-east-1.profiles.example.com", type: "A", ttlSeconds: 60, data },
    ],
    authority: [],
  });
  const hear = (data: string, name = NAME, type = "A") => monitor.hear({ name, type }, answer(data));
  const heard = () =>
    samples.map((sample) => (sample.kind === "answer" ? [sample.atSeconds, sample.endpoint] : []));

  beforeEach(() => {
    nowMs = 0;
    samples = [];
    const clock = new SystemClock(1, () => nowMs);
    monitor = new Monitor({
      name: NAME,
      addressType: "A",
      resolver: new StubResolver({ port: 9, clock, keeps: false }),
      book: new AddressBook(profilePlan().endpoints),
      clock,
      emit: (observation) => {
        const atSeconds = clock.nowSeconds();
        samples.push({ atSeconds, ...observation });
        return atSeconds;
      },
    });
  });

  it("writes every change of the answer, and of the same answer one per half second", () => {
    for (const [atMs, data] of [
      [0, "192.0.2.10"],
      [499, "192.0.2.10"],
      [500, "192.0.2.10"],
      [501, "198.51.100.10"],
      [502, "198.51.100.10"],
      [503, "192.0.2.10"],
      [600, "203.0.113.99"],
    ] as const) {
      nowMs = atMs;
      hear(data);
    }
    assert.deepEqual(heard(), [
      [0, PRIMARY],
      [0.5, PRIMARY],
      [0.501, STANDBY],
      [0.503, PRIMARY],
      [0.6, null],
    ]);
    assert.deepEqual(samples[0], {
      atSeconds: 0,
      kind: "answer",
      server: "authoritative",
      name: NAME,
      type: "A",
      endpoint: PRIMARY,
      addresses: ["192.0.2.10"],
      ttlSeconds: 10,
    });
  });

  it("knows when the standby was first named", () => {
    monitor.answered.lookFor(STANDBY, 1);
    nowMs = 900;
    hear("198.51.100.10");
    assert.equal(monitor.answered.afterSeconds, null);
    nowMs = 1_500;
    hear("198.51.100.10");
    assert.equal(monitor.answered.afterSeconds, 0.5);
  });

  it("hears the failover name in any case, and no other name or type", () => {
    hear("192.0.2.10", "us-east-1.profiles.example.com");
    hear("192.0.2.10", NAME, "AAAA");
    assert.deepEqual(heard(), []);
    hear("192.0.2.10", "PROFILES.example.com");
    assert.deepEqual(heard(), [[0, PRIMARY]]);
  });
});
