import type { RecordSet } from "../model/failover-plan";
import type { StackResource } from "../model/stack-resource";
import { parseUrn, STACK_TYPE } from "../model/stack-resource";
import { isUnknown } from "../model/unknown";
import type { Judgement, Phase } from "./rule";

/** The URN for judgements on the stack as a whole; empty where the list of resources has no stack in it. */
export function stackUrn(resources: readonly StackResource[]): string {
  return resources.find(({ type }) => type === STACK_TYPE)?.urn ?? "";
}

export function pass(urn: string, path: string, message: string): Judgement {
  return { verdict: "pass", urn, path, message };
}

export function fail(urn: string, path: string, message: string): Judgement {
  return { verdict: "fail", urn, path, message };
}

/** A failure that is told and refuses nothing, for what a mandatory rule only advises. */
export function advise(urn: string, path: string, message: string): Judgement {
  return { verdict: "fail", urn, path, message, advisory: true };
}

export function notApplicable(urn: string, message: string): Judgement {
  return { verdict: "notApplicable", urn, path: "", message };
}

/** Says which property is unknown, of what, and when it will be judged. */
export function unknown(urn: string, path: string, of: string, phase: Phase): Judgement {
  return { verdict: "unknown", urn, path, message: `unknown: ${path} of ${of}; ${whenKnown(phase)}` };
}

export function whenKnown(phase: Phase): string {
  return phase === "preview"
    ? "known after the update; judged again at `pulumi up`"
    : "nothing here will tell it, so it is refused; give the value in plain text, or judge at `pulumi up`";
}

/** `PRIMARY A record of app.example.com`, with the resource's name where the record's own is not known yet. */
export function recordTitle(record: RecordSet): string {
  const { name, type, routing } = record;
  const role = routing.kind === "failover" && !isUnknown(routing.role) ? `${routing.role} ` : "";
  const kind = isUnknown(type) ? "" : `${type} `;
  const of = isUnknown(name) ? `"${parseUrn(record.urn).name}"` : name;
  return `${role}${kind}record ${isUnknown(name) ? "" : "of "}${of}`;
}

/** `web (aws:ec2/instance:Instance)`. */
export function resourceTitle(urn: string): string {
  const { type, name } = parseUrn(urn);
  return `${name} (${type})`;
}
