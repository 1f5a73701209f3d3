import assert from "node:assert/strict";
import { AnswerBook } from "../../../rehearsal/simulation/answer-book";
import { Endpoints } from "../../../rehearsal/simulation/endpoints";
import { FamilyRace } from "../../../rehearsal/simulation/family-race";
import { HeldAnswers } from "../../../rehearsal/simulation/held-answers";
import { type ClientProfile, profileByName } from "../../../rehearsal/simulation/profile";
import { resolverDraws } from "../../../rehearsal/simulation/resolver-draws";
import { failoverPlan } from "./plan-fixture";
import { systemOf } from "./system-fixture";

const PRIMARY = 0;
const STANDBY = 1;
const FIRST_MS = 500;
const PREFERRED_ENDS_MS = 60_500;

/** One racing resolver at rest, whose preferred answer was fetched with its first request; a compliant one beside it. */
function atRest(seed = 1) {
  const book = new AnswerBook(systemOf(failoverPlan()));
  const endpoints = new Endpoints(2);
  endpoints.reset(0);
  const inUse = new HeldAnswers(2);
  const race = new FamilyRace({
    profiles: ["happy-eyeballs", "compliant"].map((name) => profileByName(name) as ClientProfile),
    random: [0, 1].map((resolver) => resolverDraws(seed, resolver)),
    inUse,
    endpoints,
    startKey: book.startKey,
    requestIntervalMs: 1_000,
    seed,
  });
  race.startCutover(0);
  inUse.take(0, {
    role: "PRIMARY",
    endpoint: PRIMARY,
    fetchedAtMs: FIRST_MS,
    expiresAtMs: PREFERRED_ENDS_MS,
  });
  const otherAsksMs = race.reset(0, FIRST_MS, book.view(1));
  /** The answer in use after the request at `atMs`. */
  const used = (atMs: number) => {
    race.choose(0, atMs, (atMs - FIRST_MS) / 1_000);
    return inUse.endpoints[0];
  };
  const [toPrimary, toStandby] = [book.view(1), book.view(0)];
  return { race, endpoints, inUse, otherAsksMs, used, toPrimary, toStandby };
}

describe("FamilyRace", () => {
  it("is of those only who ask for both families", () => {
    const { race } = atRest();
    assert.deepEqual([race.has(0), race.has(1)], [true, false]);
  });

  it("gives the other answer any age at rest, on the grid of the requests, by draws of its own", () => {
    const asked = Array.from({ length: 200 }, (_, seed) => atRest(seed).otherAsksMs);
    for (const atMs of asked) assert.ok(atMs >= FIRST_MS && atMs < 60_500 && (atMs - FIRST_MS) % 1_000 === 0);
    const mean = asked.reduce((sum, atMs) => sum + atMs, 0) / asked.length;
    // Even in 60 requests: 29.5 s on average, the standard error is 1.2 s.
    assert.ok(Math.abs(mean - FIRST_MS - 29_500) < 3_600, `${mean}`);
    const own = asked.filter(
      (atMs, seed) => (atMs - FIRST_MS) / 1_000 === resolverDraws(seed, 0).cacheAge.below(60, 0),
    );
    assert.ok(own.length < 12, `${own.length} of 200 are the preferred family's`);
  });

  it("renews each answer when it is gone, at exactly its TTL, and not before", () => {
    const { race, otherAsksMs, toStandby, endpoints, used } = atRest();
    endpoints.behave(PRIMARY, { kind: "refuse" }, FIRST_MS);
    assert.equal(race.expiresAtMs(0), Math.min(otherAsksMs, PREFERRED_ENDS_MS));
    race.renewOther(0, otherAsksMs - 1, toStandby);
    assert.equal(used(otherAsksMs - 1), PRIMARY);
    race.renewOther(0, otherAsksMs, toStandby);
    assert.equal(used(otherAsksMs), STANDBY);
    assert.equal(race.expiresAtMs(0), Math.min(otherAsksMs + 60_000, PREFERRED_ENDS_MS));
    assert.deepEqual(
      [PREFERRED_ENDS_MS - 1, PREFERRED_ENDS_MS].map((atMs) => race.needsPreferred(0, atMs)),
      [false, true],
    );
  });

  it("uses the preferred answer while a connection stands there, whatever the other one leads to", () => {
    const { race, endpoints, inUse, otherAsksMs, toStandby, used } = atRest();
    race.renewOther(0, otherAsksMs, toStandby);
    for (const kind of ["serves", "http-503", "hang"] as const) {
      endpoints.behave(PRIMARY, { kind }, otherAsksMs);
      assert.equal(used(otherAsksMs), PRIMARY, kind);
    }
    endpoints.behave(PRIMARY, { kind: "refuse" }, otherAsksMs);
    assert.equal(used(otherAsksMs), STANDBY);
    assert.deepEqual(
      [inUse.roles[0], inUse.fetchedAtMs[0], inUse.expiresAtMs[0]],
      ["SECONDARY", otherAsksMs, otherAsksMs + 60_000],
    );
    // Nobody takes a connection: the request fails where it was to go first.
    endpoints.behave(STANDBY, { kind: "silent" }, otherAsksMs);
    assert.equal(used(otherAsksMs), PRIMARY);
  });

  it("leads back with the preferred answer alone", () => {
    const { race, otherAsksMs, toPrimary, toStandby, used } = atRest();
    const standby = { role: "SECONDARY", endpoint: STANDBY, fetchedAtMs: 0, expiresAtMs: 90_000 } as const;
    race.takePreferred(0, standby);
    race.renewOther(0, otherAsksMs, toStandby);
    race.renewOther(0, otherAsksMs + 60_000, toPrimary);
    assert.equal(used(89_500), STANDBY);
    race.takePreferred(0, { ...standby, role: "PRIMARY", endpoint: PRIMARY });
    assert.equal(used(90_500), PRIMARY);
  });

  it("is turned by an endpoint only where the other answer is used then, or no more", () => {
    const { race, endpoints, otherAsksMs, toStandby, used } = atRest();
    const turned = (endpoint: number) => race.isTurned(0, endpoint, otherAsksMs, 1);
    endpoints.behave(PRIMARY, { kind: "refuse" }, otherAsksMs);
    assert.equal(turned(PRIMARY), false);
    race.renewOther(0, otherAsksMs, toStandby);
    assert.deepEqual([turned(PRIMARY), turned(STANDBY)], [true, true]);
    used(otherAsksMs);
    assert.equal(turned(PRIMARY), false);
    endpoints.behave(PRIMARY, { kind: "serves" }, otherAsksMs);
    assert.equal(turned(PRIMARY), true);
    // Each request runs the race then.
    endpoints.behave(PRIMARY, { kind: "flaps", as: "refuse", downMs: 10, upMs: 10 }, otherAsksMs);
    assert.deepEqual([race.isSteady(0), turned(PRIMARY)], [false, false]);
  });
});
