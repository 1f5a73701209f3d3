import type { FailoverPlan, HealthCheck } from "./failover-plan";
import type { StackJoins } from "./stack-joins";
import { isUnknown } from "./unknown";

const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

/** A check with all that it follows: children of a calculated check, a check whose metric an alarm watches. */
export interface CheckTree {
  /** The check itself first, each once. */
  readonly checks: readonly HealthCheck[];
  /** Ids of children that are not in this stack. */
  readonly outside: readonly string[];
  /** The check, and its property, that may lead to more than is known. */
  readonly unknown: readonly { readonly urn: string; readonly path: string }[];
}

/** Walks the stack's health checks; safe against checks that follow themselves, which Route 53 refuses. */
export class CheckTrees {
  private readonly checks: ReadonlyMap<string, HealthCheck>;
  private readonly watchedBy: ReadonlyMap<string, string>;
  private readonly trees = new Map<string, CheckTree>();

  constructor(
    plan: FailoverPlan,
    private readonly joins: StackJoins,
  ) {
    this.checks = new Map(plan.healthChecks.map((check) => [check.urn, check]));
    this.watchedBy = new Map(
      plan.alarms.flatMap(({ urn, healthCheck }) => (healthCheck === undefined ? [] : [[urn, healthCheck]])),
    );
  }

  /** @param urn of a check; a tree without checks where the stack has no such check. */
  of(urn: string): CheckTree {
    let tree = this.trees.get(urn);
    if (!tree) {
      tree = this.walk(urn);
      this.trees.set(urn, tree);
    }
    return tree;
  }

  private walk(root: string): CheckTree {
    const urns = new Set([root]);
    const checks: HealthCheck[] = [];
    const outside = new Set<string>();
    const unknown: { urn: string; path: string }[] = [];
    // A set hands out what is added while it is walked.
    for (const urn of urns) {
      const check = this.checks.get(urn);
      if (!check) continue;
      checks.push(check);
      const watched = check.alarm === undefined ? undefined : this.watchedBy.get(check.alarm);
      if (watched !== undefined) urns.add(watched);
      const resource = this.joins.byUrn.get(urn);
      if (!resource || check.childCount === 0) continue;
      const children = this.joins.references(resource, "childHealthchecks", HEALTH_CHECK);
      for (const child of children.found) urns.add(child.urn);
      for (const id of children.outside) {
        if (isUnknown(id)) unknown.push({ urn, path: "childHealthchecks" });
        else outside.add(id);
      }
    }
    return { checks, outside: [...outside], unknown };
  }
}
