import { isUnknown } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import { type Formula, hourly, monthly, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { booleanAt, listAt, stringAt } from "./read";

/** KMS charges for the first two rotated versions of a key as for a key. */
const ROTATIONS_CHARGED = 2;

/** A key by the month, and its rotated versions, counted from the start as the bound. */
export const keyMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const rotates = booleanAt(resource.properties, "enableKeyRotation");
  if (isUnknown(rotates)) return [unknownInput("enableKeyRotation", place)];
  return [
    {
      kind: "metered",
      item: rotates ? "key with two rotated versions" : "key",
      price: "kms/key",
      place,
      quantity: rotates ? 1 + ROTATIONS_CHARGED : 1,
      ...(rotates ? { note: "a version is added by each of the first two rotations" } : {}),
      lever: "encrypt with a key that AWS owns or manages, which is free",
    },
  ];
};

/** A secret, and one more in every region that it is replicated to. */
export const secretMeters: Formula = (resource, stack) => {
  const replicas = listAt(resource.properties, "replicas") ?? [];
  if (isUnknown(replicas)) return [unknownInput("replicas")];
  const secret = (item: string, place: Place, replica: boolean): Meter => ({
    kind: "metered",
    item,
    price: "secrets-manager/secret",
    place,
    quantity: 1,
    replica,
    lever: "keep the value in a standard SSM parameter, which is free",
  });
  return [
    secret("secret", stack.regionOf(resource), false),
    ...replicas.map((replica) => secret("replica of the secret", stringAt(replica, "region"), true)),
  ];
};

/** The secret in which a database keeps its master password where Secrets Manager manages that; one bills like others. */
export function managedSecret(inputs: Inputs, property: string): Meter[] {
  if (!inputs.extras.flag(property, false)) return [];
  return monthly("secret of the master password", "secrets-manager/secret", inputs.place, 1, {
    lever: `set ${property} to false, and keep the password in a standard SSM parameter, which is free`,
  });
}

/** Standard parameters are free; Intelligent-Tiering may turn Advanced, so it is priced as that. */
export const parameterMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const tier = stringAt(resource.properties, "tier") ?? "Standard";
  if (isUnknown(tier)) return [unknownInput("tier", place)];
  if (tier === "Standard") return [];
  return [
    {
      kind: "metered",
      item: `parameter, ${tier} tier`,
      price: "ssm/advanced-parameter",
      place,
      quantity: 1,
      lever: "set tier to Standard",
    },
  ];
};

const HSM_CLUSTER = "aws:cloudhsmv2/cluster:Cluster";

/** By the hour from creation to deletion; the kind of module is its cluster's. */
export const hsmMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const cluster = stack.reference(resource, "clusterId", HSM_CLUSTER);
  if (!cluster)
    return [unpriced("its cluster is not in this stack, so its kind cannot be read", "clusterId", place)];
  const inputs = new Inputs(cluster.properties, place);
  const type = inputs.text("hsmType");
  return inputs.or(
    hourly(`${type} security module`, `cloudhsm/${type}`, place, 1, { lever: "keep keys in KMS" }),
  );
};
