import { booleanAt, isPresent, listAt, stringAt } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import { type Formula, unknownInput, unpriced } from "./formula";

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

/** Public certificates are free unless they can be exported; private ones are not. */
export const certificateMeters: Formula = ({ properties }) => {
  const exportable = stringAt(properties, "options", "export");
  if (isUnknown(exportable)) return [unknownInput("options.export")];
  if (exportable === "ENABLED") {
    return [
      unpriced("an exportable certificate is charged at a price that is not in the list", "options.export"),
    ];
  }
  const authority = stringAt(properties, "certificateAuthorityArn");
  if (isUnknown(authority)) return [unknownInput("certificateAuthorityArn")];
  if (!isPresent(authority)) return [];
  return [
    unpriced(
      "a private certificate is charged at a price that is not in the list",
      "certificateAuthorityArn",
    ),
  ];
};

/** Bills per request only, unless it holds addresses of its own for old clients. */
export const distributionMeters: Formula = ({ properties }) => {
  const method = stringAt(properties, "viewerCertificate", "sslSupportMethod");
  if (isUnknown(method)) return [unknownInput("viewerCertificate.sslSupportMethod", "global")];
  if (method !== "vip") return [];
  return [
    {
      kind: "metered",
      item: "dedicated addresses for old TLS clients",
      price: "cloudfront/dedicated-ip",
      place: "global",
      quantity: 1,
      lever: "set sslSupportMethod to sni-only",
    },
  ];
};
