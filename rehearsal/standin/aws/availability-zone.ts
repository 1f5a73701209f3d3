import { words } from "./resource-type";

/** Letters of the zones that a new account sees, where they are not a, b and c (EC2 user guide, "Available Regions"). */
const LETTERS: Readonly<Record<string, string>> = {
  "us-east-1": "abcdef",
  "us-west-1": "ac",
  "us-west-2": "abcd",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ca-central-1": "abd",
};

/** The zones of a region, `us-west-2a` first. */
export function availabilityZones(region: string): string[] {
  return [...(LETTERS[region] ?? "abc")].map((letter) => `${region}${letter}`);
}

const DIRECTIONS = words("north south east west central northeast southeast northwest southwest");

/** `usw2-az1` for the first zone of us-west-2: the same physical place in every account. */
export function availabilityZoneId(zone: string): string {
  const region = zone.slice(0, -1);
  const [place = "", direction = "", number = ""] = region.split("-");
  const short = DIRECTIONS.includes(direction)
    ? direction.replace(/^(north|south)(east|west)$/, (_, a: string, b: string) => `${a[0]}${b[0]}`)
    : direction;
  const letter = short.length === 2 ? short : short.slice(0, 1);
  return `${place}${letter}${number}-az${availabilityZones(region).indexOf(zone) + 1}`;
}
