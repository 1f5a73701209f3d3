import type { CheckTrees } from "../../../model/check-tree";
import type { RecordSet } from "../../../model/failover-plan";
import { parseUrn } from "../../../model/stack-resource";
import { recordTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";

/** One check that a record follows, directly or through another. */
export interface FollowedCheck {
  /** URN, or the id of a check of another stack. */
  readonly key: string;
  /** As the message calls it. */
  readonly title: string;
  /** The check on the record where that is another: `calculated check "all"`. */
  readonly through: string | undefined;
}

export interface Followed {
  readonly checks: readonly FollowedCheck[];
  /** Where more may be followed than is known. */
  readonly unknown: readonly { readonly urn: string; readonly path: string }[];
}

const NONE: Followed = { checks: [], unknown: [] };

/** The checks behind records, without those that the settings let be shared. */
export class FollowedChecks {
  /** By the check on the record, which many records may share. */
  private readonly behind = new Map<string, Followed>();

  constructor(
    private readonly trees: CheckTrees,
    private readonly sharedOnPurpose: ReadonlySet<string>,
  ) {}

  of({ urn, healthCheck }: RecordSet): Followed {
    switch (healthCheck.kind) {
      case "none":
        return NONE;
      case "unknown":
        return { checks: [], unknown: [{ urn, path: "healthCheckId" }] };
      case "external":
        return { checks: this.judged([outside(healthCheck.id, undefined)]), unknown: [] };
      case "check": {
        const followed = this.behind.get(healthCheck.urn) ?? this.behindCheck(healthCheck.urn);
        this.behind.set(healthCheck.urn, followed);
        return followed;
      }
    }
  }

  private behindCheck(urn: string): Followed {
    const tree = this.trees.of(urn);
    const root = quoted(urn);
    const own = tree.checks.map((check): FollowedCheck => {
      const through = check.urn === urn ? undefined : root;
      return { key: check.urn, title: quoted(check.urn), through };
    });
    const others = tree.outside.map((id) => outside(id, root));
    return { checks: this.judged([...own, ...others]), unknown: tree.unknown };
  }

  private judged(checks: readonly FollowedCheck[]): readonly FollowedCheck[] {
    return checks.filter(({ key }) => !this.sharedOnPurpose.has(parseUrn(key).name || key));
  }
}

function outside(id: string, through: string | undefined): FollowedCheck {
  return { key: id, title: id, through };
}

function quoted(urn: string): string {
  return `"${parseUrn(urn).name}"`;
}

/** One judgement on each thing that hides what the record follows. */
export function unknownChecks(record: RecordSet, followed: Followed, phase: Phase): Judgement[] {
  const title = recordTitle(record);
  return followed.unknown.map(({ urn, path }) =>
    unknown(urn, path, urn === record.urn ? title : `the health check of ${title}`, phase),
  );
}

/** `has health check "web"`, or `follows health check "web" through "all"`. */
export function followsText({ title, through }: FollowedCheck): string {
  return through === undefined
    ? `has health check ${title}`
    : `follows health check ${title} through ${through}`;
}
