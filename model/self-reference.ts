import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { NameGraph } from "./name-graph";
import { isInPrivateZone, publicPlan } from "./public-records";
import { mayAnswer } from "./relative-name";
import { isUnknown } from "./unknown";

/** A check that asks the name whose answers it decides: AWS calls what comes of it unpredictable. */
export interface SelfReference {
  readonly probed: string;
  /** The name that `probed` is, or leads to. */
  readonly name: string;
}

/**
 * Whether a check asks, through aliases, CNAMEs and wildcards of the stack, for the name of a record that it decides
 * about (API reference, HealthCheckConfig FullyQualifiedDomainName). A simple record is answered whatever its check
 * says. What only the resources tell, such as the origin of a distribution, is left to the rule
 * health-check-self-reference.
 */
export function selfReference(
  plan: FailoverPlan,
  check: HealthCheck,
  { name, routing, zone }: Pick<RecordSet, "name" | "routing" | "zone">,
): SelfReference | undefined {
  if (routing.kind === "simple" || isUnknown(name)) return undefined;
  const { type, ipAddress, fqdn } = check;
  // With an address, `fqdn` is only the Host header (API reference, FullyQualifiedDomainName).
  if (ipAddress !== undefined || fqdn === undefined || isUnknown(fqdn)) return undefined;
  if (isUnknown(type) || !isEndpointCheck(type)) return undefined;
  if (!publicNames(plan).from(fqdn).has(name) || isInPrivateZone(plan, { zone })) return undefined;
  return { probed: fqdn, name };
}

/** Whether the check may ask for the record's own name, of which only what stands below its zone is told. */
export function maySelfRefer(check: HealthCheck, record: RecordSet): boolean {
  const { ipAddress, fqdn } = check;
  if (record.routing.kind === "simple" || ipAddress !== undefined || typeof fqdn !== "string") return false;
  return mayAnswer(record, fqdn);
}

/** `app.example.com, the name whose answers it decides`, or how the probed name leads there. */
export function selfReferenceText({ probed, name }: SelfReference): string {
  const way = probed === name ? name : `${probed}, which leads to ${name}`;
  return `${way}, the name whose answers it decides`;
}

/** Lists that never change. */
const graphs = new WeakMap<readonly RecordSet[], NameGraph>();

/** Where the names of the plan's public zones lead. */
export function publicNames(plan: FailoverPlan): NameGraph {
  let graph = graphs.get(plan.recordSets);
  if (!graph) {
    graph = new NameGraph(publicPlan(plan).recordSets);
    graphs.set(plan.recordSets, graph);
  }
  return graph;
}
