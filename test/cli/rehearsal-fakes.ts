import type { RehearsalSteps } from "../../cli/rehearse";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../model/failover-plan";
import type { SimulatedSample } from "../../rehearsal/simulation/simulated-sample";
import { rehearsalSamples } from "../drill/rehearsal-samples";
import { reportParts } from "../drill/report/report-parts";

/** One failover pair, checked every 10 s with threshold 3 and an alias target: its bound is 144 s. */
export function pairPlan(): FailoverPlan {
  const record = (role: "PRIMARY" | "SECONDARY"): RecordSet => ({
    urn: `urn:${role}`,
    name: "profiles.example.com",
    type: "A",
    zoneId: "Z1",
    zone: "Z1",
    routing: { kind: "failover", role },
    target: { kind: "alias", dnsName: "d.example.com", zoneId: "Z2", evaluateTargetHealth: false },
    healthCheck: role === "PRIMARY" ? { kind: "check", urn: "urn:check" } : { kind: "none" },
  });
  const check = {
    urn: "urn:check",
    type: "HTTPS",
    requestIntervalSeconds: 10,
    failureThreshold: 3,
    disabled: false,
  } as HealthCheck;
  return {
    zones: [],
    recordSets: [record("PRIMARY"), record("SECONDARY")],
    healthChecks: [check],
    endpoints: [],
    tables: [],
    alarms: [],
  };
}

/** Two cutovers with two resolvers. */
export function simulatedSamples(): SimulatedSample[] {
  return [0, 1].map((index) => ({
    basis: "simulated",
    kind: "cutover",
    index,
    seed: 1,
    faultAtSeconds: 15.5,
    healAtSeconds: 140.25,
    cutover: { unhealthySeconds: 30.1, authoritativeSeconds: [33.2], clientSeconds: [61, 79.5 + index] },
    failback: { healthySeconds: 24, authoritativeSeconds: [26.5], clientSeconds: [null, 55] },
  }));
}

/** Steps that find a sound stack at once; tests change one of them. */
export function fakeSteps(changes: Partial<RehearsalSteps> = {}): RehearsalSteps {
  const parts = reportParts();
  return {
    standUp: async () => ({
      kind: "ok",
      system: "profile-api",
      stack: "dev",
      resources: [],
      objectives: parts.objectives,
      phase: "settled",
      notes: [],
    }),
    plan: pairPlan,
    evaluate: () => parts.policy,
    idleCost: () => parts.cost,
    obstacle: () => undefined,
    frontier: async () => ({ kind: "absent", why: "nothing was swept" }),
    simulate: async ({ onProgress, onSample }) => {
      for (const sample of simulatedSamples()) onSample?.(sample);
      onProgress?.(1_000, 1_000);
      return parts.simulation!;
    },
    simulateEach: async (_options, scenarios, _signal, onDone) => {
      for (const scenario of scenarios) onDone(scenario, parts.simulation!);
    },
    loopback: async ({ onSample }) => {
      for (const sample of rehearsalSamples()) onSample(sample);
      return undefined as never;
    },
    tearDown: () => ({ created: 57, deleted: 57, left: [], lifted: [] }),
    ...changes,
  };
}
