import assert from "node:assert/strict";
import { Departure, departuresOf, look } from "../../../rehearsal/loopback/departure";
import type { Sample } from "../../../rehearsal/simulation/sample";

describe("rehearsal/loopback/departure", () => {
  it("is the first sight of another after the last of the member", () => {
    const departure = new Departure("lost", 10);
    const after: (number | null)[] = [];
    for (const [endpoint, atSeconds] of [
      ["other", 9],
      ["lost", 11],
      [null, 12],
      ["other", 13],
      ["lost", 14],
      ["other", 15.25],
      ["third", 16],
    ] as const) {
      departure.see(endpoint, atSeconds);
      after.push(departure.afterSeconds);
    }
    assert.deepEqual(after, [null, null, null, 3, null, 5.25, 5.25]);
  });

  it("is final after 30 s and 40 sights of others, and not before", () => {
    const sights = (count: number) => {
      const departure = new Departure("lost", 0);
      departure.see("lost", 10);
      for (let n = 1; n <= count; n++) departure.see("other", 10 + n / 10);
      return departure;
    };
    assert.equal(sights(40).isFinal(40), true);
    assert.equal(sights(40).isFinal(39.9), false);
    assert.equal(sights(39).isFinal(40), false);
    assert.equal(sights(40).quietSeconds(40), 30);
  });

  it("counts a request that was led to the member even where it failed, and elsewhere only one that was served", () => {
    const departures = departuresOf("lost", 0);
    const request = (atSeconds: number, endpoint: string, ok: boolean): Sample => ({
      atSeconds,
      kind: "request",
      ok,
      status: ok ? 200 : 503,
      endpoint,
      region: null,
      latencyMs: 1,
    });
    const answer = (server: "authoritative" | "resolver", atSeconds: number, endpoint: string): Sample => ({
      ...{ atSeconds, kind: "answer", server, name: "a", type: "A", endpoint, addresses: [], ttlSeconds: 1 },
    });
    for (const sample of [
      request(1, "lost", false),
      request(2, "other", false),
      answer("resolver", 2, "other"),
      answer("authoritative", 3, "other"),
      request(4, "other", true),
    ]) {
      look(departures, sample);
    }
    assert.deepEqual([departures.requests.afterSeconds, departures.answers.afterSeconds], [4, 3]);
  });
});
