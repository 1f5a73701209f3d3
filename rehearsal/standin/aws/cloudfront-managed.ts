import { isPresent } from "../../../model/property";
import type { Properties } from "../../../model/unknown";
import type { Account } from "./account";
import { CACHE_POLICY, etagOf, ORIGIN_REQUEST_POLICY, RESPONSE_HEADERS_POLICY } from "./cloudfront-policy";
import { text } from "./known";
import { listed } from "./property-rules";
import { Refusal } from "./refusal";

/** A policy that CloudFront has ready for every account. */
interface ManagedPolicy {
  readonly id: string;
  readonly name: string;
  /** Seconds, least, usual and most; cache policies alone have them. */
  readonly ttls?: readonly [number, number, number];
}

/** CloudFront developer guide, "Use managed cache policies", "... origin request policies", "... response headers policies". */
const MANAGED: Readonly<Record<string, readonly ManagedPolicy[]>> = {
  [CACHE_POLICY]: [
    {
      id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      name: "Managed-CachingOptimized",
      ttls: [1, 86_400, 31_536_000],
    },
    {
      id: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
      name: "Managed-CachingOptimizedForUncompressedObjects",
      ttls: [1, 86_400, 31_536_000],
    },
    { id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", name: "Managed-CachingDisabled", ttls: [0, 0, 0] },
    {
      id: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
      name: "UseOriginCacheControlHeaders",
      ttls: [0, 0, 31_536_000],
    },
  ],
  [ORIGIN_REQUEST_POLICY]: [
    { id: "216adef6-5c7f-47e4-b989-5492eafa07d3", name: "Managed-AllViewer" },
    { id: "b689b0a8-53d0-40ab-baf2-68738e2966ac", name: "Managed-AllViewerExceptHostHeader" },
    { id: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", name: "Managed-CORS-S3Origin" },
    { id: "59781a5b-3903-41f3-afcb-af62929ccde1", name: "Managed-CORS-CustomOrigin" },
    { id: "acba4595-bd28-49b8-b9fe-13317c0390fa", name: "Managed-UserAgentRefererHeaders" },
  ],
  [RESPONSE_HEADERS_POLICY]: [
    { id: "67f7725c-6f97-4210-82d7-5512b31e9d03", name: "Managed-SecurityHeadersPolicy" },
    { id: "60669652-455b-4ae9-85a4-c4c02393f86c", name: "Managed-SimpleCORS" },
    { id: "5cc3b908-e619-4b99-88e5-2cf7f45965bd", name: "Managed-CORS-With-Preflight" },
    { id: "e61eb60c-9c35-4d20-a928-2b84e02af89c", name: "Managed-CORS-and-SecurityHeadersPolicy" },
    {
      id: "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
      name: "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
    },
  ],
};

/** Whether a policy of this type and id exists: CloudFront's own, or one of the account. */
export function policyExists(account: Account, type: string, id: string): boolean {
  return (
    MANAGED[type]?.some((policy) => policy.id === id) === true ||
    account.list(type).some((own) => own.id === id)
  );
}

/**
 * Finds a policy by id or by name, as the lookups of the provider do.
 * @returns its id and whatever of it the stand-in knows; the rules of AWS's own policies are not among it.
 * @throws Refusal when there is none, or when neither or both are asked for.
 */
export function findPolicy(type: string, lookup: string, args: Properties, account: Account): Properties {
  const [id, name] = [text(args, "id"), text(args, "name")];
  if ((id === "") === (name === ""))
    throw new Refusal([`${lookup}: name or id is needed, and not both; give one`]);
  const own = account
    .list(type)
    .find((policy) => policy.id === id || text(policy.properties, "name") === name);
  if (own) {
    const { properties } = own;
    return {
      arn: properties.arn,
      comment: text(properties, "comment"),
      etag: properties.etag,
      id: own.id,
      name: properties.name,
      ...ttlsOf([properties.minTtl ?? 0, properties.defaultTtl, properties.maxTtl]),
    };
  }
  const managed = MANAGED[type] ?? [];
  const found = managed.find((policy) => policy.id === id || policy.name === name);
  if (found === undefined) {
    throw new Refusal([
      `${lookup}: no policy ${JSON.stringify(id || name)}; AWS's own are ${listed(managed.map((policy) => policy.name))}`,
    ]);
  }
  const kind = (type.split(":")[1] ?? "")
    .replace("cloudfront/", "")
    .replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  return {
    arn: `arn:aws:cloudfront:::${kind}/${found.id}`,
    comment: "",
    etag: etagOf(found.id),
    id: found.id,
    name: found.name,
    ...ttlsOf(found.ttls ?? []),
  };
}

function ttlsOf(ttls: readonly Properties[string][]): Properties {
  const [minTtl, defaultTtl, maxTtl] = ttls;
  return isPresent(defaultTtl) ? { minTtl, defaultTtl, maxTtl } : {};
}
