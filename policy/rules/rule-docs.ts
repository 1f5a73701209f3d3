import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type EngineResource, fromEngineResource, type StackResource } from "../../model/stack-resource";
import { evaluate, type PolicyConfig } from "../evaluate";
import type { AnyRule } from "../rule";
import type { SettingSchema } from "../settings";
import { rules } from "./registry";

/** Where the pages live, relative to the root of the repository. */
export const RULE_DOCS_DIRECTORY = "docs/rules";
const WRITTEN_BY = "<!-- Written from the rules by `node --import tsx policy/rules/write-rule-docs.ts`. -->";

export type FixtureName = "good" | "bad";

/** A rule's fixture: an exported state, which `warm-standby check --state` reads as well. */
export function readFixture(id: string, name: FixtureName): unknown {
  return JSON.parse(readFileSync(path.join(__dirname, id, `${name}.json`), "utf8"));
}

export function fixtureResources(id: string, name: FixtureName): StackResource[] {
  const state = readFixture(id, name) as { deployment: { resources: EngineResource[] } };
  return state.deployment.resources.map((resource) => fromEngineResource(resource, { preview: false }));
}

/** What a rule is told for its fixtures, where its defaults judge nothing. */
export function fixtureConfig(id: string): PolicyConfig {
  const file = path.join(__dirname, id, "config.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as PolicyConfig) : {};
}

/** File name -> text of every page, the index among them. */
export function renderRuleDocs(): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", index()],
    ...rules.map((rule): [string, string] => [`${rule.id}.md`, page(rule)]),
  ]);
}

function index(): string {
  const rows = rules.map(({ id, title, level }) => `| [\`${id}\`](${id}.md) | ${title} | ${level} |`);
  return text([
    "# Rules",
    WRITTEN_BY,
    "Each rule judges what `pulumi preview --policy-pack policy` and `warm-standby check` see of a stack. A verdict is pass, fail, not applicable or unknown; unknown is never a pass: at preview it is an advisory that is judged again at `pulumi up`, anywhere else it is refused at the rule's level. A rule that fails to run counts as failed.",
    ["| Rule | What holds where it passes | Level |", "|---|---|---|", ...rows].join("\n"),
    "Level and settings of each rule are set in the file given by `--policy-pack-config`; `policy/config.dev.json` and `policy/config.prod.json` are examples.",
  ]);
}

function page(rule: AnyRule): string {
  const { id, title, level, note } = rule;
  return text([
    `# ${id}`,
    WRITTEN_BY,
    `${title}. Level: ${level}.`,
    "## What it refuses",
    note.refuses,
    "## Why",
    note.why,
    note.sources.map((source) => `- [${source.title}](${source.url})`).join("\n"),
    "## What to do",
    note.lever,
    "## Values that are not known yet",
    note.whenUnknown,
    "## Settings",
    settingsTable(rule.settings),
    "## Example",
    example(rule),
    "## Known limits",
    note.limits.map((limit) => `- ${limit}`).join("\n"),
    "## When not to use it",
    note.whenNotToUse,
  ]);
}

function settingsTable(schema: Readonly<Record<string, SettingSchema>>): string {
  const rows = Object.entries(schema).map(
    ([name, { type, description, default: value }]) =>
      `| \`${name}\` | ${type} | \`${JSON.stringify(value)}\` | ${description} |`,
  );
  return ["| Setting | Type | Default | What it is |", "|---|---|---|---|", ...rows].join("\n");
}

/** The one field in which the two fixtures differ, and what the rule says of the bad one. */
function example({ id }: AnyRule): string {
  const [difference] = differences(readFixture(id, "good"), readFixture(id, "bad"));
  const rule = rules.filter((candidate) => candidate.id === id);
  const messages = evaluate(fixtureResources(id, "bad"), fixtureConfig(id), { rules: rule, phase: "settled" })
    .findings.filter(({ verdict }) => verdict === "fail")
    .map(({ message }) => message);
  return text([
    `\`policy/rules/${id}/good.json\` passes. \`bad.json\` differs in one field, \`${fieldOf(difference?.path ?? "")}\`: ${shown(difference?.bad)} instead of ${shown(difference?.good)}. The rule says:`,
    ["```text", ...messages, "```"].join("\n"),
  ]).trimEnd();
}

function fieldOf(jsonPath: string): string {
  return jsonPath.replace(/^.*?\.inputs\./, "");
}

function shown(value: unknown): string {
  return value === undefined ? "absent" : `\`${JSON.stringify(value)}\``;
}

export interface Difference {
  readonly path: string;
  readonly good: unknown;
  readonly bad: unknown;
}

/** Every leaf in which two JSON values differ. */
export function differences(good: unknown, bad: unknown, at = ""): Difference[] {
  if (isObject(good) && isObject(bad)) {
    const keys = [...new Set([...Object.keys(good), ...Object.keys(bad)])];
    return keys.flatMap((key) => differences(good[key], bad[key], at === "" ? key : `${at}.${key}`));
  }
  return JSON.stringify(good) === JSON.stringify(bad) ? [] : [{ path: at, good, bad }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object";
}

function text(paragraphs: readonly string[]): string {
  return `${paragraphs.join("\n\n")}\n`;
}
