import { createHash } from "node:crypto";
import { parseUrn } from "../../model/stack-resource";
import type { Finding } from "../../policy/evaluate";
import type { AnyRule } from "../../policy/rule";
import { type CheckedStack, objections, severityOf } from "./checked-stack";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

export interface SarifTool {
  /** Of this package. */
  readonly version: string;
  readonly rules: readonly AnyRule[];
}

/** The findings as a SARIF 2.1.0 log of one run, which code scanners show and compare between runs. */
export function sarifLog(checked: CheckedStack, tool: SarifTool): string {
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "warm-standby",
            semanticVersion: tool.version,
            rules: tool.rules.map(ruleOf),
          },
        },
        automationDetails: { id: `warm-standby/${checked.system}/${checked.stack}/` },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: checked.notes.map((text) => ({ level: "note", message: { text } })),
          },
        ],
        results: withOccurrences(objections(checked.policy)).map(({ finding, occurrence }) =>
          resultOf(finding, occurrence, checked.artifact, tool.rules),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ id, title, level, note }: AnyRule) {
  const sources = note.sources.map((source) => `- [${source.title}](${source.url})`).join("\n");
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: note.refuses },
    help: { text: note.lever, markdown: `${note.lever}\n\n${note.why}\n\n${sources}` },
    // The pages of docs/ have no address outside this machine; what AWS says has one.
    ...(note.sources[0] ? { helpUri: note.sources[0].url } : {}),
    defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
  };
}

function resultOf(finding: Finding, occurrence: number, artifact: string, rules: readonly AnyRule[]) {
  const { rule, urn, path, verdict, message } = finding;
  const ruleIndex = rules.findIndex(({ id }) => id === rule);
  const print = fingerprint(finding);
  return {
    ruleId: rule,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: severityOf(finding),
    message: { text: message },
    locations: [
      {
        physicalLocation: { artifactLocation: locationOf(artifact), region: { startLine: 1 } },
        ...(urn === "" ? {} : { logicalLocations: [logicalLocation(urn)] }),
      },
    ],
    // The second is the one that GitHub compares; without it, it takes the line's text, which all share.
    partialFingerprints: {
      "finding/v1": `${print}:${occurrence}`,
      primaryLocationLineHash: `${print}:${occurrence}`,
    },
    properties: { verdict, ...(path === "" ? {} : { property: path }) },
  };
}

function locationOf(artifact: string) {
  return /^[a-z]+:/i.test(artifact) ? { uri: artifact } : { uri: artifact, uriBaseId: "%SRCROOT%" };
}

function logicalLocation(urn: string) {
  return { name: parseUrn(urn).name, fullyQualifiedName: urn, kind: "resource" };
}

/** What stays the same while prices and limits in the message change. */
function fingerprint({ rule, urn, path }: Finding): string {
  return createHash("sha256")
    .update(JSON.stringify([rule, urn, path]))
    .digest("hex")
    .slice(0, 32);
}

/** Findings with the number of each among those with the same fingerprint, from 1. */
function withOccurrences(findings: readonly Finding[]): { finding: Finding; occurrence: number }[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const print = fingerprint(finding);
    const occurrence = (seen.get(print) ?? 0) + 1;
    seen.set(print, occurrence);
    return { finding, occurrence };
  });
}
