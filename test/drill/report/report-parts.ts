import type { ReportParts } from "../../../drill/report/report-parts";
import { judge } from "../../../drill/report/verdict";
import type { ViewWords } from "../../../drill/report/view";
import { sumBound } from "../../../model/recovery-bound";

const URN = "urn:pulumi:dev::warm-standby::";
export const CHECK_URN = `${URN}aws:route53/healthCheck:HealthCheck::primary-health-check`;
export const TABLE_URN = `${URN}aws:dynamodb/table:Table::profiles`;

const seconds = (p50: number) => ({ p5: p50 - 8, p50, p95: p50 + 20.5, p99: p50 + 30, max: p50 + 40.125 });

/** A rehearsal in which everything is as it should be; tests change one thing. */
export function reportParts(changes: Partial<ReportParts> = {}): ReportParts {
  const line = { basis: "list-price", source: "AWS Price List, AmazonRoute53", asOf: "2026-11-02" } as const;
  return {
    system: "profile-api",
    stack: "dev",
    seed: 1,
    speed: 10,
    scenario: "primary-down",
    objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50 },
    playedBound: sumBound(54, 60),
    bounds: [sumBound(54, 60)],
    expected: "everybody-over",
    unplayed: [],
    simulatedOnly: false,
    others: [],
    notes: [],
    simulation: {
      cutover: {
        count: 1_000,
        unhealthySeconds: seconds(30),
        authoritativeSeconds: seconds(35),
        clientSeconds: seconds(62),
        stranded: 0,
      },
      failback: {
        count: 1_000,
        healthySeconds: seconds(24),
        authoritativeSeconds: seconds(28),
        clientSeconds: seconds(55),
        stranded: 0,
      },
      requests: { sent: 90_000, served: 84_000, failed: 6_000 },
      violations: [],
    },
    loopback: {
      authoritativeSeconds: 33.25,
      clientSeconds: 71.5,
      failbackSeconds: 64.5,
      requests: 300,
      failed: 71,
      lostWrites: 0,
      replicationLagMs: { p50: 512, max: 611 },
    },
    cost: {
      standbyMicroUsd: 2_250_000,
      totalMicroUsd: 2_850_000,
      unpriced: [],
      counts: { container: 8, free: 30, usage: 12, priced: 2, unpriced: 0 },
      hasStandby: true,
      lines: [
        {
          ...line,
          urn: TABLE_URN,
          type: "aws:dynamodb/table:Table",
          region: "us-west-2",
          item: "replica storage, 1 GB assumed",
          monthlyMicroUsd: 250_000,
          standby: true,
          confidence: "price-list-quoted",
        },
        {
          ...line,
          urn: CHECK_URN,
          type: "aws:route53/healthCheck:HealthCheck",
          region: "global",
          item: "health check with HTTPS and fast interval",
          monthlyMicroUsd: 2_000_000,
          standby: true,
          confidence: "price-list-quoted",
        },
        {
          ...line,
          urn: TABLE_URN,
          type: "aws:dynamodb/table:Table",
          region: "us-east-1",
          item: "storage, 1 GB assumed",
          monthlyMicroUsd: 600_000,
          standby: false,
          confidence: "price-list-quoted",
        },
      ],
    },
    policy: { rules: 4, findings: [] },
    teardown: { created: 57, deleted: 57, left: [] },
    ...changes,
  };
}

/** What these parts, with one thing changed, are judged to be; without the headline, which has tests of its own. */
export function judged(changes: Partial<ReportParts>) {
  const { headline: _, ...judgement } = judge(reportParts(changes));
  return judgement;
}

export const missed = (...reasons: string[]) => ({ verdict: "missed", reasons });

export const WORDS: ViewWords = {
  scenarioTitle: "the primary answers 503 until it is healed",
  pair: "profiles.example.com A",
  lifted: [],
  command: "warm-standby rehearse --stack dev --seed 1",
  timeline: "loopback",
};
