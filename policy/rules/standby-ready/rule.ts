import { asWritten } from "../../../model/as-written";
import { fail, notApplicable, pass, resourceTitle, stackUrn, unknown } from "../../judgement";
import type { Judgement, Phase, Rule } from "../../rule";
import { API_GATEWAY_CHECKS } from "./api-gateway";
import { COMPUTE_CHECKS } from "./compute";
import { DATABASE_CHECKS } from "./database";
import { ENTRANCE_CHECKS } from "./entrance";
import { LOAD_BALANCER_CHECKS } from "./load-balancer";
import { note } from "./note";
import type { Readiness, ReadinessCheck } from "./readiness";
import { StandbyMembers } from "./standby-members";

export interface StandbyReadySettings {
  readonly acceptedTypes: readonly string[];
}

/** Every type that can be away while it exists. */
const CHECKS: ReadonlyMap<string, ReadinessCheck> = new Map(
  Object.entries({
    ...COMPUTE_CHECKS,
    ...DATABASE_CHECKS,
    ...API_GATEWAY_CHECKS,
    ...LOAD_BALANCER_CHECKS,
    ...ENTRANCE_CHECKS,
  }),
);

export const standbyReady: Rule<StandbyReadySettings> = {
  id: "standby-ready",
  title: "The standby can serve the first request after a failover, with nothing to be started or created",
  level: "mandatory",
  settings: {
    acceptedTypes: {
      type: "array",
      default: [],
      items: { type: "string", pattern: "^aws:[A-Za-z0-9]+/[A-Za-z0-9]+:[A-Za-z0-9]+$" },
      description:
        "Pulumi types of the standby that may be away: stopped, scaled to zero or without targets.",
    },
  },
  note,
  judge: (stack, { acceptedTypes }) => {
    const { resources, plan, joins, phase } = stack;
    const urn = stackUrn(resources);
    const members = new StandbyMembers(stack, joins);
    const { unknownMark } = members;
    if (unknownMark) {
      return [unknown(unknownMark.urn, unknownMark.path, resourceTitle(unknownMark.urn), phase)];
    }
    if (!members.exists) {
      return [
        notApplicable(
          urn,
          "the stack has no standby: no failover record, no replica, no resource tagged role: standby",
        ),
      ];
    }
    const judgements: Judgement[] = [];
    for (const resource of resources) {
      const check = CHECKS.get(resource.type);
      if (!check || !resource.custom) continue;
      const side = members.sideOf(resource);
      if (side === "elsewhere") continue;
      if (acceptedTypes.includes(resource.type)) {
        judgements.push(
          notApplicable(
            resource.urn,
            `${resourceTitle(resource.urn)} may be away: acceptedTypes names its type`,
          ),
        );
        continue;
      }
      const readiness = check(asWritten(resource), joins, plan);
      // What is ready is so on either side; only for the rest does the side matter.
      if (side === "unknown" && readiness.kind !== "ready") {
        judgements.push(unknown(resource.urn, "region", resourceTitle(resource.urn), phase));
      } else judgements.push(judgeReadiness(resource.urn, readiness, phase));
    }
    const { unknownLocation } = members;
    if (unknownLocation) {
      const { urn: record, path } = unknownLocation;
      judgements.push(unknown(record, path, `${resourceTitle(record)}, which leads to the standby`, phase));
    }
    if (judgements.length > 0) return judgements;
    return [notApplicable(urn, "nothing of the standby is of a type that can be stopped or left empty")];
  },
};

function judgeReadiness(urn: string, readiness: Readiness, phase: Phase): Judgement {
  const title = resourceTitle(urn);
  switch (readiness.kind) {
    case "ready":
      return pass(urn, readiness.path, `${title} can serve at once: ${readiness.how}`);
    case "unknown":
      return unknown(urn, readiness.path, title, phase);
    case "away": {
      const { path, what, allowed, lever } = readiness;
      return fail(urn, path, `${title} of the standby ${what}; allowed: ${allowed}; ${lever}`);
    }
  }
}
