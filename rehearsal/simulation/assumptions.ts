/**
 * What the simulation must assume because AWS documents no number. Each is inside the bound's allowances.
 *
 * Latency routing: AWS measures latencies and publishes no table of them. The region whose city is nearer on the
 * great circle is taken for the faster one (`place.ts`), which is wrong where cables go another way; it decides who
 * is led to which member, not how long a cutover takes. Resolvers stand beside the regions of AWS, evenly, unless a
 * scenario says otherwise; nobody counts where those of the internet stand. Of several addresses in an answer a
 * client uses the first, and a resolver keeps their order.
 *
 * A load balancer's target groups have targets, all of which do what its endpoint does. Where the stack does not hold
 * the groups, their targets are taken for healthy; `model/target-health.ts` says of which records this is so.
 */
export interface Assumptions {
  /**
   * A health change reaches each name server after a delay uniform in [0, this]. Checkers send their results to
   * all Route 53 locations "constantly" (developer guide, dns-failover-problems); 0 to 5 s is the usual guess.
   * The bound allows PROPAGATION_ALLOWANCE_SECONDS (30 s) instead, so a slower truth is still inside it.
   */
  readonly propagationSecondsMax: number;
  /**
   * Name servers with a view of their own. A zone has four; each stands for the locations behind its anycast
   * address, and a resolver is taken to stay with one of them during a cutover.
   */
  readonly nameServers: number;
  /** One round trip between a checker and the endpoint, uniform in the range; a healthy probe takes two, a refused one one. */
  readonly probeRoundTripMs: { readonly min: number; readonly max: number };
  /**
   * Nodes of a load balancer that check a group's targets, each for itself: one in each of the two zones that an
   * Application Load Balancer has at least. The group has a healthy target while one of them finds it so.
   */
  readonly balancerNodes: number;
  /** One round trip between a load balancer and its targets. */
  readonly targetRoundTripMs: number;
  /**
   * Route 53 learns what a balancer finds of its targets after a delay uniform in [0, this]; then the change travels
   * as that of a check does. AWS documents no number; the bound allows TARGET_HEALTH_ALLOWANCE_SECONDS (30 s).
   */
  readonly targetHealthSecondsMax: number;
  /** An alarm on an endpoint's errors is over its threshold from this share of failing requests on. */
  readonly alarmFailingShare: number;
  /** From a write to its arrival in the other region: "typically within a second or less" (global tables guide). */
  readonly replicationLagMs: number;
  /** So many seconds of writes that had to wait are replicated in one second, once replication goes on. */
  readonly replicationDrainFactor: number;
}

export const ASSUMPTIONS: Assumptions = {
  propagationSecondsMax: 5,
  nameServers: 4,
  probeRoundTripMs: { min: 5, max: 200 },
  balancerNodes: 2,
  targetRoundTripMs: 2,
  targetHealthSecondsMax: 10,
  alarmFailingShare: 0.5,
  replicationLagMs: 1_000,
  replicationDrainFactor: 10,
};
