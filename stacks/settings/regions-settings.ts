import { regionName } from "../setting-values";
import { type CrossRefusal, setting } from "./declared-setting";

/** The two regions of a system that has both in AWS. */
export const regionsDeclared = {
  primaryRegion: setting("us-east-1", regionName("us-east-1")),
  standbyRegion: setting("us-west-2", regionName("us-west-2")),
};

/** A standby in the primary's own region would be lost with it. */
export function regionsDiffer({
  primaryRegion,
  standbyRegion,
}: {
  readonly primaryRegion?: string;
  readonly standbyRegion?: string;
}): CrossRefusal[] {
  if (primaryRegion === undefined || primaryRegion !== standbyRegion) return [];
  return [
    {
      name: "standbyRegion",
      because: "the primary's own region",
      allowed: "another region than primaryRegion",
      lever: primaryRegion === "us-west-2" ? "us-east-1" : "us-west-2",
    },
  ];
}
