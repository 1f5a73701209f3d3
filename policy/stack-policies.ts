import type {
  PolicyResource,
  ReportViolation,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { StackResource } from "../model/stack-resource";
import { isAdvice, judge, lazyReading, type StackReading } from "./evaluate";
import type { GivenInputs } from "./given-inputs";
import { awaitsValues, stackResourcesOf } from "./pack-resources";
import type { AnyRule, Phase } from "./rule";
import { asPromised } from "./stack-objectives";

/** The runtime takes a whole policy object as well, by which one report can have a level of its own. */
type Report = (violation: { message: string; urn?: string; enforcementLevel?: "advisory" }) => void;

/**
 * One stack policy per rule. The engine hands over outputs at the end of a preview or update, so that is when
 * a rule judges; `PULUMI_DRY_RUN`, which the engine sets, tells one from the other. What the stack's configuration
 * promises is the default of the rule that judges it.
 * @param asOf the day to judge the age of prices on, `2026-11-21`; where unset, nothing is said of their age.
 * @param given what the engine showed of the inputs before it comes to the whole stack.
 */
export function stackPolicies(
  rules: readonly AnyRule[],
  environment: Readonly<Record<string, string | undefined>>,
  asOf?: string,
  given?: GivenInputs,
): StackValidationPolicy[] {
  return rules
    .map((rule) => asPromised(rule, environment))
    .map((rule) => ({
      name: rule.id,
      displayName: rule.id,
      description: rule.title,
      enforcementLevel: rule.level,
      remediationSteps: rule.note.lever,
      configSchema: { properties: { ...rule.settings } },
      validateStack: (args, report) => validate(rule, args, report, { environment, asOf, given }),
    }));
}

interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly asOf: string | undefined;
  readonly given: GivenInputs | undefined;
}

function validate(
  rule: AnyRule,
  args: StackValidationArgs,
  reportViolation: ReportViolation,
  { environment, asOf, given }: Surroundings,
): void {
  const stack = read(args.resources, phaseIn(environment), given);
  const { phase } = stack;
  const judgements = judge(rule, { ...stack, asOf }, args.getConfig());
  const report = reportViolation as unknown as Report;
  for (const judgement of judgements) {
    if (judgement.verdict !== "fail" && judgement.verdict !== "unknown") continue;
    report({
      message: judgement.message,
      urn: judgement.urn || undefined,
      ...(isAdvice(judgement, phase) ? { enforcementLevel: "advisory" as const } : {}),
    });
  }
  const [first] = judgements;
  if (first && judgements.every(({ verdict }) => verdict === "notApplicable"))
    args.notApplicable(first.message);
}

/**
 * The engine's word on what it does. The host for Node.js sets the variable of its own name; the other one may
 * come from an operation around this one, and is no word on it.
 */
function phaseIn({
  PULUMI_DRY_RUN,
  PULUMI_NODEJS_DRY_RUN,
}: Readonly<Record<string, string | undefined>>): Phase | undefined {
  const dryRun = PULUMI_NODEJS_DRY_RUN || PULUMI_DRY_RUN;
  if (dryRun === undefined || dryRun === "") return undefined;
  return dryRun.toLowerCase() === "true" ? "preview" : "settled";
}

/**
 * Where the engine does not say, as in `pulumi policy analyze`, a value that it awaits makes it a preview; a
 * state holds none, and what is hidden in it nothing will tell.
 */
function read(
  resources: readonly PolicyResource[],
  told: Phase | undefined,
  given: GivenInputs | undefined,
): EngineStack {
  const [first] = resources;
  const known = first && stacks.get(first);
  if (known && known.count === resources.length) return known;
  const phase = told ?? (awaitsValues(resources) ? "preview" : "settled");
  const own = stackResourcesOf(resources, phase, given);
  const stack = { count: resources.length, phase, resources: own, reading: lazyReading(own) };
  if (first) stacks.set(first, stack);
  return stack;
}

interface EngineStack {
  readonly count: number;
  readonly phase: Phase;
  readonly resources: readonly StackResource[];
  readonly reading: () => StackReading;
}

/** By the first resource: the runtime hands every rule a list of its own, of the same resources. */
const stacks = new WeakMap<PolicyResource, EngineStack>();
