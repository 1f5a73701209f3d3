import * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";
import { dnsTags } from "./dns-tags";
import { lookUp } from "./look-up";

export type HostedZoneChoice =
  /** A public zone of the account, found by its name. */
  | { readonly kind: "existing"; readonly name: string }
  /** A new zone; it answers nobody until the name's registrar points at its servers. */
  | { readonly kind: "created"; readonly name: string };

export interface HostedZone {
  readonly id: pulumi.Input<string>;
}

/**
 * The public zone, found or created as `name` on the provider of `opts`.
 *
 * @throws pulumi.RunError when the account has no such zone.
 */
export async function hostedZone(
  name: string,
  choice: HostedZoneChoice,
  opts: { readonly provider: pulumi.ProviderResource },
): Promise<HostedZone> {
  if (choice.kind === "existing") {
    const found = await lookUp(
      `hosted zone ${choice.name}`,
      route53.getZone({ name: choice.name, privateZone: false }, opts),
      "correct hostedZoneName, or set createHostedZone to true",
    );
    return { id: found.zoneId };
  }
  const zone = new route53.Zone(
    name,
    { name: choice.name, forceDestroy: false, tags: dnsTags("global") },
    opts,
  );
  return { id: zone.zoneId };
}
