/** Name of this version of the contract. A new field leaves it v1; one that goes or changes makes it v2. */
export const OUTPUTS_SCHEMA = "warm-standby/outputs/v1";

/** What a stack tells other stacks and teams. `outputs.schema.json` says the same to other languages. */
export interface Outputs {
  readonly schema: typeof OUTPUTS_SCHEMA;
  readonly system: string;
  readonly environment: string;
  readonly endpoints: {
    /** The URL to use: it moves to the standby by itself. */
    readonly failoverUrl: string;
    /** One region each, for checkers and people; they never move. */
    readonly regionalUrls: { readonly primary: string; readonly standby: string };
  };
  readonly regions: { readonly primary: string; readonly standby: string };
  readonly healthCheckId: string;
  readonly table: {
    readonly name: string;
    readonly arns: { readonly primary: string; readonly standby: string };
  };
  readonly zoneId: string;
  readonly records: readonly OutputRecord[];
  /** SNS topics by what they tell; each is in the region where its alarm is. */
  readonly alarmTopicArns: {
    readonly health: string;
    readonly replication: string;
    readonly standbyErrors: string;
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
  readonly role: "PRIMARY" | "SECONDARY";
  readonly setIdentifier: string;
}
