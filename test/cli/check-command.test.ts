import assert from "node:assert/strict";
import { checkCommand } from "../../cli/check-command";
import type { RehearsalSteps } from "../../cli/rehearse";
import type { CheckArguments } from "../../cli/run-command";
import { UserError } from "../../cli/user-error";
import { reportParts } from "../drill/report/report-parts";
import { captured } from "./captured-io";
import { fakeSteps } from "./rehearsal-fakes";

const check = async (given: Partial<CheckArguments> = {}, steps: Partial<RehearsalSteps> = {}) => {
  const io = captured();
  const code = await checkCommand({ stack: "dev", set: [], ...given }, [], io, () => fakeSteps(steps));
  return { code, io };
};

describe("cli/check-command", () => {
  it("shows cost and rules on stderr and nothing on stdout", async () => {
    const { code, io } = await check();
    assert.equal(code, 0);
    assert.equal(io.out(), "");
    assert.deepEqual(io.err().split("\n"), [
      "profile-api (dev): 0 resources",
      "",
      "Idle cost of a month, dearest first",
      "USD/month For                     Resource            Region     Source, date",
      "    $2.00 health check with HTTPS primary-health-     global     [1] 2026-11-02",
      "          and fast interval       check",
      "          (standby)",
      "    $0.60 storage, 1 GB assumed   profiles            us-east-1  [1] 2026-11-02",
      "    $0.25 replica storage, 1 GB   profiles            us-west-2  [1] 2026-11-02",
      "          assumed (standby)",
      "Standby $2.25, whole stack $2.85 a month.",
      "[1] AWS Price List, AmazonRoute53",
      "",
      "Rules: 4 judged, none violated.",
      "",
    ]);
  });

  it("prints the report's cost and policy members on request", async () => {
    const { io } = await check({ json: true });
    const printed = JSON.parse(io.out());
    assert.deepEqual(Object.keys(printed), ["cost", "policy"]);
    assert.deepEqual(Object.keys(printed.cost), [
      "standbyMonthlyUsd",
      "totalMonthlyUsd",
      "unpriced",
      "lines",
    ]);
    assert.deepEqual(printed.policy, { rules: 4, violations: [] });
  });

  it("ends with 10 on a mandatory violation, and not on an advisory one", async () => {
    const finding = { rule: "r", urn: "u", path: "", message: "m", verdict: "fail" } as const;
    const at = async (level: "mandatory" | "advisory") =>
      (await check({}, { evaluate: () => ({ rules: 1, findings: [{ ...finding, level }] }) })).code;
    assert.equal(await at("mandatory"), 10);
    assert.equal(await at("advisory"), 0);
  });

  it("ends with 10 when the standby costs the budget or more, or cannot be priced", async () => {
    const { cost } = reportParts();
    const at = async (changes: Partial<typeof cost>) =>
      (await check({}, { idleCost: () => ({ ...cost, ...changes }) })).code;
    assert.equal(await at({ standbyMicroUsd: 49_999_999 }), 0);
    assert.equal(await at({ standbyMicroUsd: 50_000_000 }), 10);
    const unpriced = { urn: "u", type: "t", why: "w", path: "", kind: "type" } as const;
    assert.equal(await at({ unpriced: [{ ...unpriced, standby: true }] }), 10);
    assert.equal(await at({ unpriced: [{ ...unpriced, standby: false }] }), 0);
  });

  it("hands wrong arguments and wrong settings back as they are", async () => {
    await assert.rejects(check({ stack: "nonsense" }), (error: UserError) => {
      assert.deepEqual(error.lines, ["--stack is nonsense; the project has settings for dev, prod"]);
      return true;
    });
    await assert.rejects(
      check({}, { standUp: async () => ({ kind: "invalid", messages: ["ttl is abc"] }) }),
      new UserError(["ttl is abc"]),
    );
    await assert.rejects(check({}, { standUp: async () => ({ kind: "failed", message: "no such type" }) }), {
      message: "no such type",
    });
  });
});
