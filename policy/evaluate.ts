import { planFromResources } from "../model/plan-from-resources";
import { StackJoins } from "../model/stack-joins";
import type { StackResource } from "../model/stack-resource";
import { isUnknown } from "../model/unknown";
import { assumptionFaults, type GivenSettings, judgingAssumptions } from "./cost-assumptions";
import { fail, stackUrn } from "./judgement";
import { type CostReport, idleCost } from "./prices/idle-cost";
import { PRICES } from "./prices/price-list";
import type { AnyRule, JudgedStack, Judgement, Phase, RuleLevel } from "./rule";
import { rules as allRules } from "./rules/registry";
import { stackIdleCost } from "./rules/stack-idle-cost/rule";
import { standbyIdleCost } from "./rules/standby-idle-cost/rule";
import { resolveSettings } from "./settings";

export type EnforcementLevel = RuleLevel | "remediate" | "disabled";

/**
 * What `--policy-pack-config` takes: a level per rule, or a level with the rule's settings. `all` is the level
 * of every rule without one of its own.
 */
export type PolicyConfig = Readonly<Record<string, EnforcementLevel | RuleConfig>>;

export interface RuleConfig {
  readonly enforcementLevel?: EnforcementLevel;
  readonly [setting: string]: unknown;
}

export interface Finding extends Judgement {
  readonly rule: string;
  readonly level: RuleLevel;
}

export interface PolicyReport {
  /** How many rules judged; disabled ones do not. */
  readonly rules: number;
  readonly findings: readonly Finding[];
}

export interface EvaluateOptions {
  /** Where unset, resources without an id make it a preview. */
  readonly phase?: Phase;
  readonly rules?: readonly AnyRule[];
  /** The day to price on, `2026-11-21`; where unset, that of the prices, of whose age nothing is said. */
  readonly asOf?: string;
}

/** Every rule's findings on a stack. Pure, and total: whatever goes wrong is a finding too. */
export function evaluate(
  resources: readonly StackResource[],
  config: PolicyConfig = {},
  { phase = phaseOf(resources), rules = allRules, asOf }: EvaluateOptions = {},
): PolicyReport {
  const active = rules.filter((rule) => levelOf(rule, config) !== "disabled");
  const reading = lazyReading(resources);
  const findings = active.flatMap((rule) => {
    const level: RuleLevel = levelOf(rule, config) === "advisory" ? "advisory" : "mandatory";
    return judge(rule, { resources, reading, phase, asOf }, settingsIn(config[rule.id])).map(
      (judgement): Finding => ({
        rule: rule.id,
        level: isAdvice(judgement, phase) ? "advisory" : level,
        ...judgement,
      }),
    );
  });
  return { rules: active.length, findings: [...configFindings(config, resources, rules), ...findings] };
}

/**
 * What the cost rules that judge see, for reports: the same assumptions, the same lines.
 * @param phase default: as in `evaluate`, a preview where resources have no id yet.
 * @param asOf the day to price on, as in `evaluate`; default: that of the prices.
 */
export function idleCostIn(
  resources: readonly StackResource[],
  config: PolicyConfig = {},
  phase: Phase = phaseOf(resources),
  asOf?: string,
): CostReport {
  // Where neither rule judges, the standby's settings are all that there is.
  const [assumptions = {}] = [
    ...judgingAssumptions(givenIn(config)),
    ...judgingAssumptions((rule) => (rule === standbyIdleCost ? settingsIn(config[rule.id]) : undefined)),
  ];
  return idleCost(resources, planFromResources(resources), assumptions, PRICES, { phase, asOf });
}

function givenIn(config: PolicyConfig): GivenSettings {
  return (rule) => (levelOf(rule, config) === "disabled" ? undefined : settingsIn(config[rule.id]));
}

/** Whether a finding is said and does not stop: advice for good, an unknown until the update judges it again. */
export function isAdvice({ verdict, advisory }: Judgement, phase: Phase): boolean {
  return advisory === true || (verdict === "unknown" && phase === "preview");
}

/** Ids are known of everything that exists. */
function phaseOf(resources: readonly StackResource[]): Phase {
  return resources.some(({ id }) => isUnknown(id)) ? "preview" : "settled";
}

export interface JudgeInput {
  readonly resources: readonly StackResource[];
  /** Called inside the rule's guard: a plan that cannot be made fails the rule, not the pack. */
  readonly reading: () => StackReading;
  readonly phase: Phase;
  readonly asOf?: string;
}

/** One rule's judgements; wrong settings and a rule that throws are failures of that rule. */
export function judge(
  rule: AnyRule,
  input: JudgeInput,
  given: Readonly<Record<string, unknown>>,
): readonly Judgement[] {
  const urn = stackUrn(input.resources);
  const resolved = resolveSettings(rule.settings, given);
  if (resolved.kind === "wrong") return resolved.messages.map((message) => fail(urn, "", message));
  try {
    const { resources, phase, asOf } = input;
    return rule.judge({ ...input.reading(), resources, phase, asOf }, resolved.settings as never);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const lever = `report it; until then set ${rule.id} to disabled in the pack's configuration`;
    return [fail(urn, "", `the rule itself failed, so nothing is known to hold: ${message}; ${lever}`)];
  }
}

export type StackReading = Pick<JudgedStack, "plan" | "joins">;

/** What all rules read of a stack, made at most once. */
export function lazyReading(resources: readonly StackResource[]): () => StackReading {
  let reading: StackReading | undefined;
  return () => {
    if (!reading) {
      const joins = new StackJoins(resources);
      reading = { joins, plan: planFromResources(resources, joins) };
    }
    return reading;
  };
}

function levelOf(rule: AnyRule, config: PolicyConfig): EnforcementLevel {
  return enforcementIn(config[rule.id]) ?? enforcementIn(config.all) ?? rule.level;
}

function enforcementIn(entry: PolicyConfig[string] | undefined): EnforcementLevel | undefined {
  return typeof entry === "string" ? entry : entry?.enforcementLevel;
}

function settingsIn(entry: PolicyConfig[string] | undefined): Readonly<Record<string, unknown>> {
  if (entry === undefined || typeof entry === "string") return {};
  const { enforcementLevel: _, ...settings } = entry;
  return settings;
}

const LEVELS: readonly string[] = ["advisory", "mandatory", "remediate", "disabled"];

/** Entries of the configuration that mean nothing; passing over them would hide a typing error. */
function configFindings(
  config: PolicyConfig,
  resources: readonly StackResource[],
  rules: readonly AnyRule[],
): Finding[] {
  const faults = entryFaults(config, rules);
  if (faults.length === 0 && rules.includes(stackIdleCost)) {
    faults.push(...assumptionFaults(givenIn(config)).map((message) => ({ name: stackIdleCost.id, message })));
  }
  return faults.map(
    ({ name, message }): Finding => ({
      rule: name,
      level: "mandatory",
      ...fail(stackUrn(resources), "", message),
    }),
  );
}

/** One line for everything in a configuration that is not allowed, settings included; for those who read it from a file. */
export function configFaults(
  config: Readonly<Record<string, unknown>>,
  rules: readonly AnyRule[] = allRules,
): string[] {
  const faults = entryFaults(config, rules);
  const sound = (id: string) => !faults.some(({ name }) => name === id);
  const wrongSettings = rules.flatMap(({ id, settings }) => {
    if (!sound(id)) return [];
    const resolved = resolveSettings(settings, settingsIn((config as PolicyConfig)[id]));
    return resolved.kind === "ok" ? [] : resolved.messages.map((message) => `${id}: ${message}`);
  });
  const told = [...faults.map(({ message }) => message), ...wrongSettings];
  return told.length > 0 ? told : assumptionFaults(givenIn(config as PolicyConfig));
}

function entryFaults(
  config: Readonly<Record<string, unknown>>,
  rules: readonly AnyRule[],
): { name: string; message: string }[] {
  const ids = rules.map(({ id }) => id);
  return Object.entries(config).flatMap(([name, entry]) => {
    const fault = (message: string) => [{ name, message }];
    if (name !== "all" && !ids.includes(name)) {
      return fault(
        `the configuration names rule ${name}, which does not exist; allowed: all, ${ids.join(", ")}`,
      );
    }
    if (typeof entry !== "string" && (entry === null || typeof entry !== "object" || Array.isArray(entry))) {
      return fault(
        `${name} is ${JSON.stringify(entry)}; allowed: a level (${LEVELS.join(", ")}) or an object of settings`,
      );
    }
    const level = enforcementIn(entry as PolicyConfig[string]);
    if (level === undefined || LEVELS.includes(level)) return [];
    return fault(`enforcementLevel of ${name} is ${JSON.stringify(level)}; allowed: ${LEVELS.join(", ")}`);
  });
}
