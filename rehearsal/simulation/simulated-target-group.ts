import type { Assumptions } from "./assumptions";
import { type Behaviour, chanceOf, probeEndpoint } from "./behaviour";
import { type CheckerState, INITIAL_CHECKER, observeProbe } from "./checker";
import type { TargetGroupCheck } from "./played-check";
import { judgeTargetProbe, type ProbeVerdict } from "./probe";
import { type Draws, draws } from "./random";

interface NodeDraws {
  readonly phase: Draws;
  readonly fate: Draws;
}

/** A balancer and its targets share a region, so a partition between regions cuts none of them off. */
const NEVER_CUT_OFF = 1;

/**
 * Where a node's zone stands among all of them, in (0, 1): a balancer has its nodes in different zones, and a lost
 * zone takes the targets there with the node. What is lost is the first share of the zones.
 */
export function zoneShare(node: number, nodes: number): number {
  return (node + 0.5) / nodes;
}

/** One target group with the nodes of its load balancer, each of which checks the targets on its own. */
export class SimulatedTargetGroup {
  private readonly nodes: readonly NodeDraws[];
  private readonly reportDelay: Draws;
  private states: CheckerState[] = [];
  private cutover = 0;
  private fates = 0;
  private reports = 0;

  constructor(
    readonly settings: TargetGroupCheck,
    seed: number,
    private readonly assumptions: Assumptions,
  ) {
    const name = `target-group/${settings.urn}`;
    this.nodes = Array.from({ length: assumptions.balancerNodes }, (_, node) => ({
      phase: draws(seed, `${name}/node/${node + 1}/phase`),
      fate: draws(seed, `${name}/node/${node + 1}/fate`),
    }));
    this.reportDelay = draws(seed, `${name}/report`);
  }

  get checkerCount(): number {
    return this.nodes.length;
  }

  /** Whether any node finds a healthy target. */
  get reported(): boolean {
    return this.states.some(({ healthy }) => healthy);
  }

  reset(cutover: number): void {
    this.cutover = cutover;
    this.fates = 0;
    this.reports = 0;
    this.states = this.nodes.map(() => INITIAL_CHECKER);
  }

  firstRequestMs(node: number): number {
    return (this.nodes[node] as NodeDraws).phase.below(this.roundMs, this.cutover);
  }

  /** From one request to the next, however long the first took (ALB user guide, target-group-health-checks). */
  get roundMs(): number {
    return Math.max(this.settings.intervalMs, this.settings.timeoutMs);
  }

  /** How long Route 53 does not know of the change that has just been found. */
  nextReportDelayMs(): number {
    return this.reportDelay.below(
      this.assumptions.targetHealthSecondsMax * 1_000 + 1,
      this.cutover,
      this.reports++,
    );
  }

  probe(node: number, behaviour: Behaviour, elapsedMs: number): ProbeVerdict {
    const { fate } = this.nodes[node] as NodeDraws;
    const whose = chanceOf(behaviour);
    const chance =
      whose === "sender"
        ? zoneShare(node, this.nodes.length)
        : whose === "none"
          ? 0
          : fate.uniform(this.cutover, this.fates++);
    const roundTripMs = this.assumptions.targetRoundTripMs;
    const circumstances = { roundTripMs, elapsedMs, regionShare: NEVER_CUT_OFF, chance };
    return judgeTargetProbe(this.settings, probeEndpoint(behaviour, this.settings, circumstances));
  }

  /**
   * Counts a result: to be healthy again takes another number of them than to turn unhealthy. Tells whether its node
   * thinks otherwise now.
   */
  observe(node: number, passed: boolean): boolean {
    const { unhealthyThreshold, healthyThreshold } = this.settings;
    const before = this.states[node] as CheckerState;
    const after = observeProbe(before, passed, before.healthy ? unhealthyThreshold : healthyThreshold);
    this.states[node] = after;
    return after.healthy !== before.healthy;
  }
}
