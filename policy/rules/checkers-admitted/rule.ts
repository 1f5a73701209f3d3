import {
  type AddressFamily,
  CHECKER_CIDRS,
  CHECKER_PREFIX_LIST_WEIGHT,
  checkerPrefixListName,
  defaultCheckPort,
} from "../../../model/checker-addresses";
import type { HealthCheck } from "../../../model/failover-plan";
import { type ProbedHost, probedHosts } from "../../../model/probed-hosts";
import type { StackJoins } from "../../../model/stack-joins";
import { parseUrn } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { advise, fail, notApplicable, pass, resourceTitle, stackUrn, unknown } from "../../judgement";
import type { Judgement, Phase, Rule } from "../../rule";
import { type Admission, admissionOf, type Groups } from "./admission";
import { groupsOf } from "./groups";
import { IngressRules } from "./ingress";
import { note } from "./note";

export interface CheckersAdmittedSettings {
  readonly admittingIds: readonly string[];
}

export const checkersAdmitted: Rule<CheckersAdmittedSettings> = {
  id: "checkers-admitted",
  title: "Security groups let Route 53's health checkers through to the port that they probe",
  level: "mandatory",
  settings: {
    admittingIds: {
      type: "array",
      default: [],
      items: { type: "string", pattern: "^(pl|sg)-[0-9a-z]+$" },
      description:
        "Ids of prefix lists (pl-...) and security groups (sg-...) that are known to admit every health checker.",
    },
  },
  note,
  judge: ({ resources, plan, joins, phase }, { admittingIds }) => {
    const hosts = probedHosts(plan, joins);
    if (hosts.length === 0) {
      return [
        notApplicable(
          stackUrn(resources),
          "no health check of the stack probes an instance or a load balancer of the stack",
        ),
      ];
    }
    const ingress = new IngressRules(joins);
    const trusted = new Set(admittingIds);
    const known = new Map<string, Admission>();
    // Hundreds of hosts may have the same groups, and a group hundreds of rules.
    const admit: Admit = (groups, port, family) => {
      const names = groups.members.map((member) => (typeof member === "string" ? member : member.urn));
      const { urn = "", path = "" } = groups.unknown ?? {};
      const key = [family, port, urn, path, ...names].join(" ");
      const admission = known.get(key) ?? admissionOf(groups, port, family, ingress, joins, trusted);
      known.set(key, admission);
      return admission;
    };
    return hosts.map((probed) => judgeHost(probed, joins, admit, phase));
  },
};

type Admit = (groups: Groups, port: number, family: AddressFamily) => Admission;

function judgeHost(probed: ProbedHost, joins: StackJoins, admit: Admit, phase: Phase): Judgement {
  const { check } = probed;
  if (probed.kind === "untold") {
    const of = `${resourceTitle(probed.urn)}, on which it depends what ${checkTitle(check)} probes`;
    return unknown(probed.urn, probed.path, of, phase);
  }
  const { host } = probed;
  const { urn } = host;
  const groups = groupsOf(host, joins);
  if (groups.kind === "none") {
    return pass(urn, "securityGroups", `${resourceTitle(urn)} has no security group and lets everything in`);
  }
  const port = portOf(check);
  if (port === undefined || isUnknown(port)) {
    return unknown(check.urn, isUnknown(check.type) ? "type" : "port", checkTitle(check), phase);
  }
  const scene: Scene = {
    urn,
    path: groups.property,
    probe: `${checkTitle(check)} probes ${resourceTitle(urn)} on TCP port ${port}`,
    allowed: allowedText(port, familyOf(check), joins.regionOf(host)),
  };
  if (groups.kind === "default") return judgeDefaultGroup(scene);
  const admission = admit(groups.groups, port, familyOf(check));
  const names = groups.groups.members.map((member) =>
    typeof member === "string" ? member : parseUrn(member.urn).name,
  );
  return judgeAdmission(admission, scene, names, phase);
}

/** What every message on one check and host has in common. */
interface Scene {
  readonly urn: string;
  readonly path: string;
  readonly probe: string;
  readonly allowed: string;
}

function judgeDefaultGroup({ urn, path, probe, allowed }: Scene): Judgement {
  return {
    verdict: "unknown",
    urn,
    path,
    message:
      `unknown: ${probe}, and it has only its VPC's default security group, which the stack does not show and ` +
      `which as AWS makes it admits its own members alone; ${allowed}; give it a group of this stack with such a ` +
      "rule (free)",
  };
}

function judgeAdmission(
  admission: Admission,
  { urn, path, probe, allowed }: Scene,
  names: readonly string[],
  phase: Phase,
): Judgement {
  switch (admission.kind) {
    case "admitted":
      return pass(urn, path, `${probe}, which is open to ${admission.by}`);
    case "unknown":
      return unknown(
        admission.urn,
        admission.path,
        `${resourceTitle(admission.urn)}, on which it depends whether ${probe} in vain`,
        phase,
      );
    case "unidentified":
      if (admission.what === "group") return judgeOutsideGroups(admission.ids, urn, path, probe, allowed);
      return advise(
        urn,
        path,
        `${probe}, which is open to ${admission.ids.join(", ")} only, of which the stack does not show whether the ` +
          `health checkers are in it; ${allowed}; compare it, and name a prefix list that holds them all in ` +
          "admittingIds",
      );
    case "refused": {
      const groups =
        names.length === 1
          ? `security group ${names[0]} lets`
          : `its security groups ${names.join(", ")} let`;
      const some =
        admission.ranges > 0
          ? `in ${admission.ranges} of the ${CHECKER_CIDRS.length} ranges of the health checkers only, so the others call it unhealthy`
          : "in none of the health checkers, so it is called unhealthy for ever";
      return fail(
        urn,
        path,
        `${probe}, where ${groups} ${some}; ${allowed}; add an ingress rule with the prefix list (free; it takes up ` +
          `${CHECKER_PREFIX_LIST_WEIGHT} rules of the group's quota)`,
      );
    }
  }
}

function judgeOutsideGroups(
  ids: readonly string[],
  urn: string,
  path: string,
  probe: string,
  allowed: string,
): Judgement {
  return {
    verdict: "unknown",
    urn,
    path,
    message:
      `unknown: ${probe}, and the stack does not show what ${ids.join(", ")} lets in; ${allowed}; name a group that ` +
      "does in admittingIds, or add a group of this stack (free)",
  };
}

function allowedText(port: number, family: AddressFamily, region: MaybeUnknown<string> | undefined): string {
  const list = checkerPrefixListName(family, typeof region === "string" ? region : "<region>");
  const others =
    family === "ipv6"
      ? "or from ::/0"
      : `from the ${CHECKER_CIDRS.length} published ranges or from 0.0.0.0/0`;
  return `allowed: TCP ${port} from the prefix list ${list}, ${others}`;
}

function portOf({ port, type }: HealthCheck): MaybeUnknown<number> | undefined {
  return port ?? (isUnknown(type) ? type : defaultCheckPort(type));
}

/** A name is resolved to IPv4 addresses only; an address says itself what it is. */
function familyOf({ ipAddress }: HealthCheck): AddressFamily {
  return typeof ipAddress === "string" && ipAddress.includes(":") ? "ipv6" : "ipv4";
}

function checkTitle({ urn }: HealthCheck): string {
  return `health check ${parseUrn(urn).name}`;
}
