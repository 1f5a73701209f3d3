import { getRegion } from "@pulumi/aws/getRegion";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "../components/look-up";
import type { Settings } from "./settings";

export type Side = "primary" | "standby";

/** A side of the failover: the region that the settings ask for, and the provider that leads there. */
export interface Region {
  readonly name: string;
  readonly provider: Provider;
}

/** The two explicit providers. Whatever they create carries system, environment, role and region as tags. */
export function regionProviders(settings: Settings): Readonly<Record<Side, Region>> {
  const regionOf = (side: Side, name: string): Region => ({
    name,
    provider: new Provider(side, {
      region: name,
      defaultTags: {
        tags: { system: settings.system, environment: settings.environment, role: side, region: name },
      },
    }),
  });
  return {
    primary: regionOf("primary", settings.primaryRegion),
    standby: regionOf("standby", settings.standbyRegion),
  };
}

/**
 * Asks each provider where it really is, before anything is created there: an endpoint override or a changed
 * provider would otherwise put both sides into one region unseen.
 *
 * @throws pulumi.RunError naming every side that is elsewhere, or that does not answer.
 */
export async function confirmRegions(regions: Readonly<Record<Side, Region>>): Promise<void> {
  const answers = await Promise.all(
    (["primary", "standby"] as const).map(async (side) => {
      const { name, provider } = regions[side];
      const answer = await lookUp(
        `the region of the ${side} provider`,
        getRegion({}, { provider }),
        "check the credentials and the network",
      );
      return { side, name, got: answer.region };
    }),
  );
  const wrong = answers.filter(({ name, got }) => got !== name);
  if (wrong.length === 0) return;
  throw new pulumi.RunError(
    wrong
      .map(
        ({ side, name, got }) =>
          `the ${side} provider is in ${got}; allowed: ${name}, as warm-standby:${side}Region says; correct the setting or what redirects the provider`,
      )
      .join("\n"),
  );
}
