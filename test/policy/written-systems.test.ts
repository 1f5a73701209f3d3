import assert from "node:assert/strict";
import { evaluate, idleCostIn } from "../../policy/evaluate";
import { rules } from "../../policy/rules/registry";
import { WRITTEN_SYSTEMS } from "./written-systems";

/** USD a month at list price: of the standby, and of the stack; computed by hand from the price pages. */
const MONTHLY_USD: Readonly<Record<string, readonly [number, number]>> = {
  // Two checks of endpoints outside AWS.
  "data-relay": [2 * 0.75, 2 * 0.75],
  // The check with HTTPS and string match, t4g.nano, 8 GB gp3, the address; 1 GB each of table, its recovery and log.
  "homelab-assistant": [
    0.75 + 2 + 2 + 730 * 0.0042 + 8 * 0.08 + 730 * 0.005 + 0.25 + 0.2 + 0.03,
    0.75 + 2 + 2 + 730 * 0.0042 + 8 * 0.08 + 730 * 0.005 + 0.25 + 0.2 + 0.03,
  ],
  // The check with HTTPS and the bucket; the primary's bucket and what the probes ask of CloudFront.
  "static-site": [0.5 + 1 + 0.023, 0.5 + 1 + 0.023 + 0.023 + 1.4016 * (1 + 4 * 0.085)],
  // The check and the page; t3.micro, 8 GB gp3, the address and what it answers to the probes.
  "web-server": [0.5 + 0.023, 0.5 + 0.023 + 730 * 0.0104 + 8 * 0.08 + 730 * 0.005 + 1.4016 * 0.09],
};

/** What cannot be told before an update, because the program computes it. */
const UNKNOWN_BEFORE: Readonly<Record<string, readonly string[]>> = {
  "data-relay": [],
  "homelab-assistant": [],
  "static-site": ["health-check-endpoint check", "alias-target primary", "alias-target secondary"],
  "web-server": ["health-check-endpoint check", "alias-target secondary"],
};

describe("policy, on systems of other kinds", () => {
  for (const { name, resources } of WRITTEN_SYSTEMS) {
    for (const preview of [true, false]) {
      it(`refuses nothing of ${name} ${preview ? "before it exists" : "that exists"}`, () => {
        const { findings } = evaluate(resources(preview), {}, { phase: preview ? "preview" : "settled" });
        assert.deepEqual(
          findings.filter(({ verdict }) => verdict === "fail"),
          [],
        );
        assert.deepEqual(
          findings
            .filter(({ verdict }) => verdict === "unknown")
            .map(({ rule, urn }) => `${rule} ${urn.split("::").at(-1)}`),
          preview ? UNKNOWN_BEFORE[name] : [],
        );
        assert.deepEqual(new Set(findings.map(({ rule }) => rule)), new Set(rules.map(({ id }) => id)));
      });

      it(`prices all of ${name} ${preview ? "before it exists" : "that exists"}`, () => {
        const { standbyMicroUsd, totalMicroUsd, unpriced } = idleCostIn(resources(preview));
        assert.deepEqual(unpriced, []);
        assert.deepEqual(
          [standbyMicroUsd, totalMicroUsd],
          (MONTHLY_USD[name] ?? []).map((usd) => Math.round(usd * 1e6)),
        );
      });
    }
  }
});
