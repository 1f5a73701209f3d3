import type { MaybeUnknown, Properties } from "../../../model/unknown";
import type { Account, AccountResource } from "./account";

/** One property that cannot stand, in one sentence: what, got, allowed, lever. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
}

/** A refusal that follows from the properties alone; a value that is not known yet is never refused. */
export type Rule = (inputs: Properties) => readonly Problem[];

/** What one provider was configured with. */
export interface ProviderScope {
  readonly accountId: string;
  readonly region: MaybeUnknown<string> | undefined;
  readonly defaultTags: MaybeUnknown<Readonly<Record<string, string>>>;
}

/** A resource at the moment when AWS makes or changes it: everything is known. */
export interface Making {
  readonly urn: string;
  /** The logical name, the last part of the URN. */
  readonly name: string;
  /** Checked inputs: defaults, names, region and merged tags are filled in. */
  readonly inputs: Properties;
  readonly accountId: string;
  /** The region it lives in; us-east-1 for global services. */
  readonly region: string;
  /** The same as long as the resource lives, another one once it is replaced: ids are drawn from it. */
  readonly seed: string;
  readonly account: Account;
}

export interface Made {
  readonly id: string;
  /** Values that AWS computes; laid over the inputs. */
  readonly outputs: Properties;
}

/** One AWS resource type as data, and as little code as its computed values need. */
export interface ResourceType {
  /** `aws:route53/record:Record` */
  readonly token: string;
  /** Every property that the provider takes. `region` makes it regional, `tags` gives it `tagsAll`. */
  readonly inputs: readonly string[];
  /** Paths that must be there; `aliases[].name` means in each alias. */
  readonly required?: readonly string[];
  /** Properties whose change makes a new resource. */
  readonly replaceOn: readonly string[];
  /** Parts of other properties, by property, whose change makes a new resource too. */
  readonly fixedParts?: (inputs: Properties) => Properties;
  readonly defaults?: Properties;
  /** The property that gets a generated name when it and its prefix are absent. */
  readonly autoName?: string;
  /** `lower` for names without capitals; `exact` for the logical name itself, with nothing random behind it. */
  readonly autoNameStyle?: "lower" | "exact";
  /** Properties that hold JSON: objects are written as text, text is read to see that it is JSON. */
  readonly jsonDocuments?: readonly string[];
  /** Paths of the values that AWS computes, unknown until the resource exists. */
  readonly computed: readonly string[];
  readonly rules?: readonly Rule[];
  /** Switches that make AWS refuse a delete while they are on. */
  readonly protectedBy?: readonly string[];
  make(making: Making): Made;
  /** What else in the account makes AWS refuse this one. */
  admit?(making: Making): string | undefined;
  /** What else in the account makes AWS refuse to delete this one, the switches apart. */
  keeps?(resource: AccountResource, account: Account): string | undefined;
}

export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
