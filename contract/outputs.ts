/** Name of this version of the contract. A new field leaves it v1; one that goes or changes makes it v2. */
export const OUTPUTS_SCHEMA = "warm-standby/outputs/v1";

/**
 * What a stack tells other stacks and teams. `outputs.schema.json` says the same to other languages. A field that
 * a system has nothing for is absent; the schema says which systems have which.
 */
export interface Outputs {
  readonly schema: typeof OUTPUTS_SCHEMA;
  readonly system: string;
  readonly environment: string;
  readonly endpoints: {
    /** The URL to use: whoever is healthy answers it. */
    readonly failoverUrl: string;
    /** Both sides of a pair, for checkers and people; they never move. */
    readonly regionalUrls?: { readonly primary: string; readonly standby: string };
    /** Every member by its set identifier, where there is no pair. */
    readonly memberUrls?: Readonly<Record<string, string>>;
  };
  /** Where the sides are that are in AWS. */
  readonly regions: { readonly primary?: string; readonly standby?: string };
  /** Of the primary. */
  readonly healthCheckId?: string;
  /** Of every member by its set identifier, where there is no pair. */
  readonly healthCheckIds?: Readonly<Record<string, string>>;
  readonly table?: {
    readonly name: string;
    /** The standby's is the primary's where both sides use one table. */
    readonly arns: { readonly primary: string; readonly standby: string };
  };
  readonly zoneId: string;
  readonly records: readonly OutputRecord[];
  /** SNS topics by what they tell; each is in the region where its alarm is. */
  readonly alarmTopicArns: {
    readonly health: string;
    readonly replication?: string;
    readonly standbyErrors?: string;
  };
  readonly rto: {
    readonly objectiveSeconds: number;
    readonly boundSeconds: number;
    /** The figure is arithmetic; nobody has measured it on this stack. */
    readonly basis: "bound";
  };
}

export interface OutputRecord {
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME";
  /** `MEMBER`: one of several that all answer. */
  readonly role: "PRIMARY" | "SECONDARY" | "MEMBER";
  readonly setIdentifier: string;
}
