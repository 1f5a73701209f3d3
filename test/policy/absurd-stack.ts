import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { classifiedTypes } from "../../policy/prices/classes";
import { type RandomStream, stream } from "../../rehearsal/simulation/random";
import { provider, resource } from "../model/stack-fixture";

const ROOT = path.resolve(__dirname, "../..");

/** Every word that the judging code holds in quotes or asks a property object for: what can make a difference. */
const WORDS = wordsOf(["model", "policy/rules", "policy/prices/formulas", "policy/prices"]);

const ABSURD: readonly PropertyValue[] = [
  UNKNOWN,
  null,
  undefined,
  true,
  false,
  "",
  " ",
  "true",
  "-1",
  "1e400",
  0,
  -1,
  0.1,
  1,
  3,
  1e15,
  1e300,
  Number.MAX_SAFE_INTEGER,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  [],
  [UNKNOWN],
  [null],
  {},
  "é".repeat(300),
  "__proto__",
  "constructor",
];

/** Values with which rules get further than the first question. */
const PLAUSIBLE: readonly PropertyValue[] = [
  "A",
  "CNAME",
  "PRIMARY",
  "SECONDARY",
  "HTTPS",
  "HTTPS_STR_MATCH",
  "TCP",
  "CALCULATED",
  "CLOUDWATCH_METRIC",
  "app.example.com",
  "web.example.com",
  "10.0.0.1",
  "192.0.2.1",
  "2001:db8::1",
  "Z1",
  "Z2FDTNDATAQYW2",
  "us-east-1",
  "us-west-2",
  "AWS/Route53",
  "t4g.nano",
  "db.t4g.micro",
  "gp3",
  "aurora-mysql",
  "FARGATE",
  "tcp",
  "0.0.0.0/0",
  10,
  30,
  60,
  443,
];

const REGIONS: readonly PropertyValue[] = ["us-east-1", "us-west-2", "eu-west-1", undefined, UNKNOWN, 7];

/** A stack of `size` resources of every kind of type with properties that make no sense; the same for a seed. */
export function absurdStack(seed: number, size: number, types: readonly string[]): StackResource[] {
  const random = stream(seed, "absurd");
  const east = provider("east", "us-east-1", "primary");
  const west = provider("west", "us-west-2", "standby");
  const stack: StackResource[] = [
    resource("pulumi:pulumi:Stack", "stack", {}, { custom: false }),
    east,
    west,
  ];
  for (let index = 0; index < size; index++) {
    const type = one(random, types);
    const properties: Properties = { region: one(random, REGIONS) };
    for (let count = random.below(9); count > 0; count--) properties[one(random, WORDS)] = value(random, 3);
    const earlier = () => one(random, stack).urn;
    stack.push(
      resource(type, `r${index}`, properties, {
        id: one(random, [UNKNOWN, undefined, `id-${random.below(size)}`, ""]),
        custom: random.below(20) > 0,
        provider: one(random, [east.urn, west.urn, undefined, "urn:pulumi:none"]),
        from: Object.fromEntries(
          Object.keys(properties)
            .filter(() => random.below(3) === 0)
            .map((property) => [property, [earlier(), earlier()]]),
        ),
      }),
    );
  }
  return stack;
}

/** Every type with a class, types of other providers, and types that none has. */
export function absurdTypes(): string[] {
  return [...classifiedTypes(), "aws:x/y:Z", "kubernetes:core/v1:Service", "pulumi:providers:aws", "", "::"];
}

function value(random: RandomStream, depth: number): PropertyValue {
  const kind = random.below(depth > 0 ? 6 : 4);
  if (kind < 2) return one(random, PLAUSIBLE);
  if (kind === 2) return one(random, ABSURD);
  if (kind === 3) return `id-${random.below(500)}`;
  const items = Array.from({ length: random.below(4) }, () => value(random, depth - 1));
  if (kind === 4) return items;
  return Object.fromEntries(items.map((item) => [one(random, WORDS), item]));
}

function one<Item>(random: RandomStream, items: readonly Item[]): Item {
  return items[random.below(items.length)] as Item;
}

function wordsOf(folders: readonly string[]): string[] {
  const words = new Set<string>();
  for (const file of folders.flatMap(sourcesIn)) {
    const source = readFileSync(file, "utf8");
    for (const [, word] of source.matchAll(/["'.]([a-z][A-Za-z0-9]{2,40})["' )\],;?]/g))
      if (word) words.add(word);
  }
  return [...words].sort();
}

function sourcesIn(folder: string): string[] {
  const directory = path.join(ROOT, folder);
  return readdirSync(directory, { encoding: "utf8", recursive: folder === "policy/rules" })
    .map((name) => path.join(directory, name))
    .filter((file) => file.endsWith(".ts") && statSync(file).isFile())
    .sort();
}
