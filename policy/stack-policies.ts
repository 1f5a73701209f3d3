import type {
  PolicyResource,
  ReportViolation,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { StackResource } from "../model/stack-resource";
import { isUnknown, type PropertyValue } from "../model/unknown";
import { isAdvice, judge, lazyPlan } from "./evaluate";
import { stackResourcesOf } from "./pack-resources";
import type { AnyRule, Phase } from "./rule";

/** The runtime takes a whole policy object as well, by which one report can have a level of its own. */
type Report = (violation: { message: string; urn?: string; enforcementLevel?: "advisory" }) => void;

/**
 * One stack policy per rule. The engine hands over outputs at the end of a preview or update, so that is when
 * a rule judges; `PULUMI_DRY_RUN`, which the engine sets, tells one from the other.
 */
export function stackPolicies(
  rules: readonly AnyRule[],
  environment: Readonly<Record<string, string | undefined>>,
): StackValidationPolicy[] {
  return rules.map((rule) => ({
    name: rule.id,
    displayName: rule.id,
    description: rule.title,
    enforcementLevel: rule.level,
    remediationSteps: rule.note.lever,
    configSchema: { properties: { ...rule.settings } },
    validateStack: (args, report) => validate(rule, args, report, environment),
  }));
}

function validate(
  rule: AnyRule,
  args: StackValidationArgs,
  reportViolation: ReportViolation,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const { phase, resources } = read(args.resources, phaseIn(environment));
  const judgements = judge(rule, { resources, plan: lazyPlan(resources), phase }, args.getConfig());
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

function phaseIn({
  PULUMI_DRY_RUN,
  PULUMI_NODEJS_DRY_RUN,
}: Readonly<Record<string, string | undefined>>): Phase | undefined {
  const dryRun = PULUMI_DRY_RUN ?? PULUMI_NODEJS_DRY_RUN;
  if (dryRun === undefined || dryRun === "") return undefined;
  return dryRun.toLowerCase() === "true" ? "preview" : "settled";
}

/** Where the engine does not say, an unknown value makes it a preview: after an update it sends none. */
function read(
  resources: readonly PolicyResource[],
  told: Phase | undefined,
): { phase: Phase; resources: StackResource[] } {
  const settled = stackResourcesOf(resources, "settled");
  const phase = told ?? (settled.some(({ properties }) => holdsUnknown(properties)) ? "preview" : "settled");
  return { phase, resources: phase === "settled" ? settled : stackResourcesOf(resources, phase) };
}

function holdsUnknown(value: PropertyValue): boolean {
  if (isUnknown(value)) return true;
  return value !== null && typeof value === "object" && Object.values(value).some(holdsUnknown);
}
