import { createHash } from "node:crypto";
import { at } from "../../../model/property";
import type { Properties, PropertyValue } from "../../../model/unknown";
import { text, texts } from "./known";

type Statement = Record<string, unknown>;

/**
 * Renders an IAM policy from the arguments of `getPolicyDocument` as the provider does: lists of one become
 * text, longer lists are sorted downwards, later statements replace earlier ones of the same Sid.
 */
export function policyDocument(args: Properties): Properties {
  const sources = [...texts(args, "sourcePolicyDocuments"), ...given(args.sourceJson)];
  const overrides = [...texts(args, "overridePolicyDocuments"), ...given(args.overrideJson)];
  const merged = [
    ...sources.flatMap(statementsIn),
    ...list(args.statements).map(statement),
    ...overrides.flatMap(statementsIn),
  ].reduce<Statement[]>(merge, []);
  const document = {
    Version: text(args, "version") || "2012-10-17",
    ...(args.policyId ? { Id: args.policyId } : {}),
    Statement: merged,
  };
  const json = JSON.stringify(document, null, 2);
  return {
    ...args,
    id: String(createHash("sha256").update(json).digest().readUInt32BE(0)),
    json,
    minifiedJson: JSON.stringify(document),
  };
}

function merge(statements: Statement[], next: Statement): Statement[] {
  const place = next.Sid === undefined ? -1 : statements.findIndex(({ Sid }) => Sid === next.Sid);
  return place < 0 ? [...statements, next] : statements.with(place, next);
}

function statement(given: PropertyValue): Statement {
  return {
    ...(text(given, "sid") === "" ? {} : { Sid: text(given, "sid") }),
    Effect: text(given, "effect") || "Allow",
    ...named("Action", texts(given, "actions")),
    ...named("NotAction", texts(given, "notActions")),
    ...named("Resource", texts(given, "resources")),
    ...named("NotResource", texts(given, "notResources")),
    ...principals("Principal", list(at(given, "principals"))),
    ...principals("NotPrincipal", list(at(given, "notPrincipals"))),
    ...conditions(list(at(given, "conditions"))),
  };
}

function named(key: string, values: readonly string[]): Statement {
  return values.length === 0 ? {} : { [key]: oneOrSorted(values) };
}

function oneOrSorted(values: readonly string[]): unknown {
  return values.length === 1 ? values[0] : [...new Set(values)].sort().reverse();
}

function principals(key: string, entries: readonly PropertyValue[]): Statement {
  if (entries.length === 0) return {};
  const [first] = entries;
  if (entries.length === 1 && text(first, "type") === "*") return { [key]: "*" };
  return {
    [key]: Object.fromEntries(
      entries.map((entry) => [text(entry, "type"), oneOrSorted(texts(entry, "identifiers"))]),
    ),
  };
}

function conditions(entries: readonly PropertyValue[]): Statement {
  if (entries.length === 0) return {};
  const byTest: Record<string, Record<string, unknown>> = {};
  for (const entry of entries) {
    byTest[text(entry, "test")] = {
      ...byTest[text(entry, "test")],
      [text(entry, "variable")]: oneOrSorted(texts(entry, "values")),
    };
  }
  return { Condition: byTest };
}

function statementsIn(json: string): Statement[] {
  const { Statement } = JSON.parse(json) as { Statement?: Statement | Statement[] };
  return Statement === undefined ? [] : Array.isArray(Statement) ? Statement : [Statement];
}

function given(value: PropertyValue): string[] {
  return typeof value === "string" && value !== "" ? [value] : [];
}

function list(value: PropertyValue): readonly PropertyValue[] {
  return Array.isArray(value) ? value : [];
}
