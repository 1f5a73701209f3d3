import { formatUsd } from "../../model/money";
import type { Percentiles, Report } from "./report";

/** One line of the table that every written form of a report shows: a number never stands without its basis. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** Empty where the figure has no objective. */
  readonly objective: string;
  readonly basis: "bound" | "simulated" | "loopback" | "list price" | "rules";
  /** Undefined where there is no objective or no value. */
  readonly met?: boolean;
}

export const NOT_MEASURED = "not measured";

/** What each basis means, in the order in which the table uses them. */
export const BASIS_NOTES: readonly (readonly [Figure["basis"], string])[] = [
  ["bound", "arithmetic worst case from the stack's own settings"],
  ["simulated", "Route 53's checkers, servers, resolvers and clients under a virtual clock"],
  ["loopback", "real DNS and HTTP on this machine, in seconds of the system's time"],
  ["list price", "AWS list price; source and date with each line"],
  ["rules", "the policy pack, over every resource of the stack"],
];

export function figuresOf(report: Report): Figure[] {
  return [...recoveryFigures(report), ...loopbackFigures(report), ...costFigures(report), ...policyFigures(report)];
}

function recoveryFigures({ bound, cutover, failback, objectives }: Report): Figure[] {
  const rto = objectives.rtoSeconds;
  const under = (value: number | null | undefined) => ({
    objective: `under ${rto} s`,
    met: value === null || value === undefined ? undefined : value < rto,
  });
  const simulated = "simulated" as const;
  return [
    { name: "Detection, at most", value: seconds(bound.detectionSeconds), objective: "", basis: "bound" },
    { name: "Recovery, at most", value: seconds(bound.rtoSeconds), basis: "bound", ...under(bound.rtoSeconds) },
    { name: "Check unhealthy, p50 / p95", value: middle(cutover.unhealthySeconds), objective: "", basis: simulated },
    { name: "DNS answer changed, p50 / p95", value: middle(cutover.authoritativeSeconds), objective: "", basis: simulated },
    { name: "Client cutover, p50 / p95", value: middle(cutover.clientSeconds), objective: "", basis: simulated },
    {
      name: `Client cutover, slowest of ${count(cutover.count)}`,
      value: seconds(cutover.clientSeconds?.max ?? null),
      basis: simulated,
      ...under(cutover.clientSeconds?.max),
    },
    { name: "Client failback, p50 / p95", value: middle(failback.clientSeconds), objective: "", basis: simulated },
  ];
}

function loopbackFigures({ loopback, objectives }: Report): Figure[] {
  const rto = objectives.rtoSeconds;
  const basis = "loopback" as const;
  const { clientSeconds, requests, failed, replicationLagMs: lag } = loopback;
  return [
    { name: "DNS answer changed", value: seconds(loopback.authoritativeSeconds), objective: "", basis },
    {
      name: "Client cutover",
      value: seconds(clientSeconds),
      objective: `under ${rto} s`,
      basis,
      met: clientSeconds === null ? undefined : clientSeconds < rto,
    },
    { name: "Client failback", value: seconds(loopback.failbackSeconds), objective: "", basis },
    {
      name: "Requests failed",
      value: requests === null || failed === null ? NOT_MEASURED : `${count(failed)} of ${count(requests)}`,
      objective: "",
      basis,
    },
    {
      name: "Acknowledged writes lost",
      value: loopback.lostWrites === null ? NOT_MEASURED : count(loopback.lostWrites),
      objective: "",
      basis,
    },
    {
      name: "Replication lag, p50 / max",
      value: lag === null ? NOT_MEASURED : `${Math.round(lag.p50)} / ${Math.round(lag.max)} ms`,
      objective: "",
      basis,
    },
  ];
}

function costFigures({ cost, objectives, teardown }: Report): Figure[] {
  const budget = objectives.standbyMonthlyUsd;
  const basis = "list price" as const;
  const { standbyMonthlyUsd } = cost;
  return [
    {
      name: "Standby, idle month",
      value: money(standbyMonthlyUsd),
      objective: `under ${formatUsd(budget)}`,
      basis,
      met: standbyMonthlyUsd === null ? undefined : standbyMonthlyUsd < budget,
    },
    { name: "Whole stack, idle month", value: money(cost.totalMonthlyUsd), objective: "", basis },
    {
      name: "Still billing after teardown",
      value: teardown.created === null ? NOT_MEASURED : `${leftFigure(report_left(teardown.left))} a month`,
      objective: formatUsd(0),
      basis,
      met: teardown.created === null ? undefined : report_left(teardown.left) === 0,
    },
  ];
}

function policyFigures({ policy }: Report): Figure[] {
  const mandatory = policy.violations.filter(({ level }) => level === "mandatory").length;
  const advisory = policy.violations.length - mandatory;
  const value = `${mandatory} of ${policy.rules} rules`;
  return [
    {
      name: "Mandatory violations",
      value: advisory === 0 ? value : `${value}, ${advisory} advisory`,
      objective: "0",
      basis: "rules",
      met: mandatory === 0,
    },
  ];
}
