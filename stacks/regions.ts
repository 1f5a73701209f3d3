import { getRegion } from "@pulumi/aws/getRegion";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "../components/look-up";

export type Side = "primary" | "standby";

/** What a provider's resources are for: a side of the failover, or nothing but the DNS between sides outside AWS. */
export type Role = Side | "dns";

/** A place of the system: the region that the settings ask for, and the provider that leads there. */
export interface Region {
  readonly name: string;
  readonly provider: Provider;
}

/** What names the providers of a system in two regions. */
export interface RegionSettings {
  readonly system: string;
  readonly environment: string;
  readonly primaryRegion: string;
  readonly standbyRegion: string;
}

/** The two explicit providers. Whatever they create carries system, environment, role and region as tags. */
export function regionProviders(settings: RegionSettings): Readonly<Record<Side, Region>> {
  return {
    primary: regionProvider(settings, "primary", settings.primaryRegion),
    standby: regionProvider(settings, "standby", settings.standbyRegion),
  };
}

/** One explicit provider, called as its role. */
export function regionProvider(
  { system, environment }: Pick<RegionSettings, "system" | "environment">,
  role: Role,
  name: string,
): Region {
  const defaultTags = { tags: { system, environment, role, region: name } };
  return { name, provider: new Provider(role, { region: name, defaultTags }) };
}

/**
 * Asks each provider where it really is, before anything is created there: an endpoint override or a changed
 * provider would otherwise put both sides into one region unseen.
 *
 * @throws pulumi.RunError naming every side that is elsewhere, or that does not answer.
 */
export async function confirmRegions(regions: Readonly<Partial<Record<Role, Region>>>): Promise<void> {
  const answers = await Promise.all(
    Object.entries(regions).map(async ([side, { name, provider }]) => {
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
      .map(({ side, name, got }) => {
        const [reason, lever] =
          side === "dns"
            ? ["where CloudWatch has the metrics of Route 53", "correct what redirects the provider"]
            : [`as warm-standby:${side}Region says`, "correct the setting or what redirects the provider"];
        return `the ${side} provider is in ${got}; allowed: ${name}, ${reason}; ${lever}`;
      })
      .join("\n"),
  );
}
