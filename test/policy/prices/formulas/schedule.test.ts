import assert from "node:assert/strict";
import fc from "fast-check";
import { runsPerMonth } from "../../../../policy/prices/formulas/schedule";

describe("policy/prices/formulas/schedule", () => {
  it("counts the runs of a rate in a month of 730 hours", () => {
    assert.equal(runsPerMonth("rate(1 minute)"), 43_800);
    assert.equal(runsPerMonth("rate(5 minutes)"), 8_760);
    assert.equal(runsPerMonth("rate(60 minutes)"), 730);
    assert.equal(runsPerMonth("rate(1 hour)"), 730);
    assert.equal(runsPerMonth(" rate(2 hours) "), 365);
  });

  it("runs once, and so not at all while idle, at a rate of 0", () => {
    assert.equal(runsPerMonth("rate(0 minute)"), 0);
    assert.equal(runsPerMonth("rate(0 hour)"), 0);
  });

  it("counts minutes and hours of a cron expression, on every day", () => {
    const perDay = (expression: string) => Math.round(((runsPerMonth(expression) ?? Number.NaN) * 24) / 730);
    assert.equal(perDay("cron(* * * * ? *)"), 1_440);
    assert.equal(perDay("cron(0 * * * ? *)"), 24);
    assert.equal(perDay("cron(0 12 * * ? *)"), 1);
    assert.equal(perDay("cron(0/15 8-17 ? * MON-FRI *)"), 40);
    assert.equal(perDay("cron(*/20 0 * * ?)"), 3);
    assert.equal(perDay("cron(0,10,10 0-23/6 * * ? *)"), 8);
    assert.equal(perDay("cron(59 23 * * ? *)"), 1);
    assert.equal(perDay("cron(50/5 0 * * ? *)"), 2);
  });

  it("takes no other text for a schedule", () => {
    for (const text of [
      "",
      "rate(5)",
      "rate(5 days)",
      "rate(-1 minutes)",
      "rate(constructor minutes)",
      "rate(1 constructor)",
      "cron(60 * * * ? *)",
      "cron(0 24 * * ? *)",
      "cron(9-1 * * * ? *)",
      "cron(0/0 * * * ? *)",
      "cron(a * * * ? *)",
      "cron(* *)",
      "every minute",
    ]) {
      assert.equal(runsPerMonth(text), undefined, text);
    }
  });

  it("never runs more often than each minute, and less often at a longer rate", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (minutes) => {
        const runs = runsPerMonth(`rate(${minutes} minutes)`) ?? Number.NaN;
        const slower = runsPerMonth(`rate(${minutes + 1} minutes)`) ?? Number.NaN;
        return runs <= 43_800 && slower < runs && slower > 0;
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 90 }), (first, step) => {
        const runs = runsPerMonth(`cron(${first}/${step} * * * ? *)`) ?? Number.NaN;
        return runs >= 729.9 && runs <= 43_800;
      }),
    );
  });
});
