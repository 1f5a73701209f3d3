import type { FailoverPlan } from "../model/failover-plan";
import type { StackJoins } from "../model/stack-joins";
import type { StackResource } from "../model/stack-resource";
import type { SettingSchema, SettingsSchema } from "./settings";

export type RuleLevel = "mandatory" | "advisory";

/**
 * Whether values that are unknown now will become known: before an update they will, and the rule judges again;
 * in what is deployed, or in a file, nothing will ever tell.
 */
export type Phase = "preview" | "settled";

/** What every rule sees. */
export interface JudgedStack {
  readonly resources: readonly StackResource[];
  readonly plan: FailoverPlan;
  /** References between the resources, followed through indexes that are made once for all rules. */
  readonly joins: StackJoins;
  readonly phase: Phase;
  /** The day to judge the age of prices on, `2026-11-21`; where unset, nothing is said of their age. */
  readonly asOf?: string;
}

/** One verdict on one resource. Unknown is a verdict of its own, never a pass. */
export interface Judgement {
  readonly verdict: "pass" | "fail" | "notApplicable" | "unknown";
  readonly urn: string;
  /** The property that decided, `ttl` or `aliases[0].evaluateTargetHealth`; empty for the whole resource. */
  readonly path: string;
  readonly message: string;
  /** Said and never enforced, whatever the rule's level: advice that a mandatory rule gives beside its verdict. */
  readonly advisory?: true;
}

/** Why a rule exists and how to live with it, from which its page under `docs/rules/` is written. */
export interface RuleNote {
  readonly refuses: string;
  readonly why: string;
  /** AWS's own documentation behind the rule. */
  readonly sources: readonly { readonly title: string; readonly url: string }[];
  readonly lever: string;
  readonly whenUnknown: string;
  readonly limits: readonly string[];
  readonly whenNotToUse: string;
}

export interface Rule<Settings extends object = object> {
  /** Kebab case; also the name of its folder, its page and its entry in a pack's configuration. */
  readonly id: string;
  /** One sentence that says what holds where the rule passes. */
  readonly title: string;
  /** The level where the configuration says none. */
  readonly level: RuleLevel;
  readonly settings: SettingsSchema<Settings>;
  readonly note: RuleNote;
  /** Pure: the same stack and settings give the same judgements, at least one. */
  judge(stack: JudgedStack, settings: Settings): readonly Judgement[];
}

/** A rule whose settings are its own affair, as lists of rules hold it. */
export type AnyRule = Omit<Rule, "judge" | "settings"> & {
  readonly settings: Readonly<Record<string, SettingSchema>>;
  judge(stack: JudgedStack, settings: never): readonly Judgement[];
};
