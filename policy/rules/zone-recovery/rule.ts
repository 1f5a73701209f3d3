import { asWritten } from "../../../model/as-written";
import { at, booleanAt, isPresent, stringAt } from "../../../model/property";
import { parseUrn, type StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { fail, notApplicable, pass, stackUrn, unknown } from "../../judgement";
import type { Judgement, Phase, Rule } from "../../rule";
import { note } from "./note";

const ZONE = "aws:route53/zone:Zone";
const PROPERTY = "enableAcceleratedRecovery";

export interface ZoneRecoverySettings {
  /** Whether a zone that may be destroyed with its records is judged as well. */
  readonly judgeEphemeralZones: boolean;
}

export const zoneRecovery: Rule<ZoneRecoverySettings> = {
  id: "zone-recovery",
  title: "Public zones can be changed again within about an hour of losing us-east-1",
  level: "advisory",
  settings: {
    judgeEphemeralZones: {
      type: "boolean",
      default: false,
      description: "Whether zones with forceDestroy, which are made to be torn down, are judged as well.",
    },
  },
  note,
  judge: ({ resources, phase }, { judgeEphemeralZones }) => {
    const judged = resources
      .filter(({ type }) => type === ZONE)
      .map((zone) => judgeZone(asWritten(zone), judgeEphemeralZones, phase));
    return judged.length > 0 ? judged : [notApplicable(stackUrn(resources), "the stack has no hosted zone")];
  },
};

function judgeZone(zone: StackResource, judgeEphemeralZones: boolean, phase: Phase): Judgement {
  const { urn, properties } = zone;
  const title = zoneTitle(zone);
  const vpcs = at(properties, "vpcs");
  if (isUnknown(vpcs)) return unknown(urn, "vpcs", title, phase);
  if (Array.isArray(vpcs) ? vpcs.length > 0 : isPresent(vpcs)) {
    return notApplicable(urn, `${title} is private; accelerated recovery is for public zones`);
  }
  const enabled = booleanAt(properties, PROPERTY);
  if (enabled === true) return pass(urn, PROPERTY, `${title} has accelerated recovery`);
  if (!judgeEphemeralZones && booleanAt(properties, "forceDestroy") === true) {
    return notApplicable(
      urn,
      `${title} has forceDestroy and is made to be torn down, which recovery forbids`,
    );
  }
  if (isUnknown(enabled)) return unknown(urn, PROPERTY, title, phase);
  return fail(
    urn,
    PROPERTY,
    `${title} has no accelerated recovery, so its records cannot be changed while the control plane in us-east-1 ` +
      `is away; allowed: ${PROPERTY} true; set it (free; changes are refused for a few minutes, and the zone ` +
      "cannot be deleted while it is on)",
  );
}

function zoneTitle({ urn, properties }: StackResource): string {
  const name = stringAt(properties, "name");
  return `zone ${name === undefined || isUnknown(name) ? `"${parseUrn(urn).name}"` : name}`;
}
