import type { Expectation, OtherSet } from "../drill/report/report-parts";
import { slowestFirst } from "../drill/report/verdict";
import { leftOutOf, settledWords } from "../drill/unrehearsed";
import { type AnswerSet, answerSets, memberName, setMembers, setWords, withLost } from "../model/answer-sets";
import type { FailoverPlan } from "../model/failover-plan";
import { type Bound, recoveryBound } from "../model/recovery-bound";
import { plainScenario, plainScenarioNames, type Scenario } from "../rehearsal/simulation/scenario";
import type { RehearsalOptions, RehearsalSteps, SimulatedFigures } from "./rehearse";
import type { StoodUp } from "./stand-up";

export interface BoundedSet {
  readonly set: AnswerSet;
  readonly bound: Bound;
}

/** `app.example.com A`; of a set that is no pair also how it is routed, and which member is lost. */
export function playedWords(set: AnswerSet): string {
  const { routing, primary } = set;
  return routing === "failover"
    ? setWords(set)
    : `${setWords(set)} (${routing}, ${memberName(primary)} lost)`;
}

/** What of a stack can be rehearsed, and what else there is. */
export interface RehearsedSets {
  /** Those that can be played, slowest first: the first is played in full, the others are simulated. */
  readonly playable: readonly BoundedSet[];
  readonly bounds: readonly Bound[];
  /** What would fail over and cannot be rehearsed, with why. */
  readonly unrehearsed: readonly OtherSet[];
  readonly notes: readonly string[];
}

/** @param lost names the member whose loss is played, in the sets that have it; the heaviest unless given. */
export function rehearsedSets(
  plan: FailoverPlan,
  { resources, phase }: Pick<Extract<StoodUp, { kind: "ok" }>, "resources" | "phase">,
  obstacle: RehearsalSteps["obstacle"],
  lost?: string,
): RehearsedSets {
  const chosen = answerSets(plan).map((set) => (lost === undefined ? set : (losing(set, lost) ?? set)));
  const sets = slowestFirst(chosen.map((set) => ({ set, bound: recoveryBound(plan, set) })));
  const judged = sets.map((each) => ({ ...each, why: obstacle(plan, each.set) }));
  const leftOut = leftOutOf(plan, resources);
  const told = (words: string) => (phase === "preview" ? words : settledWords(words));
  return {
    playable: judged.flatMap(({ set, bound, why }) => (why === undefined ? [{ set, bound }] : [])),
    bounds: sets.map(({ bound }) => bound),
    unrehearsed: [
      ...judged.flatMap(({ set, bound, why }) =>
        why === undefined ? [] : [{ ...namesOf(set), bound, outcome: notRehearsed(told(why)) }],
      ),
      ...leftOut.unrehearsed.map(({ why, ...of }) => ({ ...of, outcome: notRehearsed(told(why)) })),
    ],
    notes: leftOut.notes.map(told),
  };
}

/** The set as it loses another member; a pair loses its PRIMARY always. */
function losing(set: AnswerSet, lost: string): AnswerSet | undefined {
  return set.routing === "failover" ? undefined : withLost(set, (member) => memberName(member) === lost);
}

/** What is wrong with the member that the user names; undefined where a set of the stack has it. */
export function memberProblem(plan: FailoverPlan, lost: string | undefined): string | undefined {
  if (lost === undefined) return undefined;
  const sets = answerSets(plan);
  if (sets.some((set) => losing(set, lost))) return undefined;
  const names = sets.flatMap((set) => (set.routing === "failover" ? [] : setMembers(set).map(memberName)));
  const allowed =
    names.length === 0
      ? "the stack has no set that several members serve; of a pair the PRIMARY is lost"
      : `it must be one of ${[...new Set(names)].join(", ")}`;
  return `--member is ${lost}; ${allowed}`;
}

function namesOf({ name, type, zone, routing }: AnswerSet): Omit<OtherSet, "bound" | "outcome"> {
  return { name, type, ...(zone !== undefined && { zone }), routing };
}

function notRehearsed(why: string): OtherSet["outcome"] {
  return { kind: "not-rehearsed", why };
}

/** Of each set beside the first: enough for its 95th percentile, and in all no more than the first one takes. */
const CUTOVERS_MAX = 100;
const CUTOVERS_MIN = 10;

/** Simulates the sets beside the one that is played in full, without writing their samples down. */
export async function simulateOthers(
  others: readonly BoundedSet[],
  plan: FailoverPlan,
  options: RehearsalOptions,
  steps: RehearsalSteps,
  signal: AbortSignal,
): Promise<OtherSet[]> {
  const share = Math.floor(options.cutovers / Math.max(1, others.length));
  const cutovers = Math.min(options.cutovers, Math.max(CUTOVERS_MIN, Math.min(CUTOVERS_MAX, share)));
  const simulated: OtherSet[] = [];
  for (const { set, bound } of others) {
    const figures = await steps.simulate({ ...options, cutovers, plan, set }, signal);
    signal.throwIfAborted();
    const expected = expectationOf(options.scenario, figures);
    simulated.push({ ...namesOf(set), bound, outcome: { kind: "simulated", figures, expected } });
  }
  return simulated;
}

/**
 * What a scenario has to show. One plain fault has to be recovered from, whatever the checks make of it. Where the
 * standby fails too, nobody can be served; of another scenario the checks may rightly see nothing, or what they see
 * is a matter of chance.
 */
export function expectationOf(
  scenario: Scenario,
  {
    outlook,
    cutover,
    untouched,
    idle,
    requests,
  }: Partial<Pick<SimulatedFigures, "outlook" | "cutover" | "untouched" | "idle" | "requests">>,
): Expectation {
  // Where all that happens would happen to a check, and there is none, nothing fails.
  if (idle?.length && scenario.happenings.every((each) => "of" in each)) return "nobody-over";
  const isAnybodyLed = !cutover || cutover.clientSeconds !== undefined || cutover.stranded > 0;
  if (!isAnybodyLed && untouched && untouched.cutover > 0) return "away-at-rest";
  // Of a primary that is in no region, the loss of the region is absorbed before DNS has to know of it.
  const isAbsorbed = scenario.place !== undefined && outlook === "stays";
  // Nor has anybody to come over from a fault of the health path alone, which no check asks for and no client meets.
  const isUnfelt = outlook === "stays" && requests?.failed === 0;
  if (plainScenario(scenario) && !isAbsorbed && !isUnfelt) return "everybody-over";
  const isStandbyLost = scenario.happenings.some(
    (each) => each.do === "behave" && each.endpoint === "standby",
  );
  if (isStandbyLost) return cutover?.clientSeconds ? "open" : "nobody-can-serve";
  if (outlook === "stays") return "nobody-over";
  return outlook === "open" ? "open" : "everybody-over";
}

/** Sockets can answer 503, hang or refuse; what depends on a checker's place or on hours is simulated only. */
export function notOnLoopback({ name }: Scenario): string {
  return `nothing of ${name} was played on loopback, which plays ${plainScenarioNames().join(", ")}`;
}
