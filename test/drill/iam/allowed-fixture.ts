import type { IamCondition, IamDocument } from "../../../drill/iam/iam-document";

/** What AWS knows of a request when it judges one action on one resource. */
export interface Request {
  readonly action: string;
  readonly arn: string;
  readonly keys?: Readonly<Record<string, string | readonly string[]>>;
}

/** Whether a document allows it, by IAM's rules for the operators that ours use. */
export function isAllowed({ Statement }: IamDocument, { action, arn, keys = {} }: Request): boolean {
  return Statement.some(
    ({ Action, Resource, Condition = {} }) =>
      Action.includes(action) && Resource.some((pattern) => isLike(arn, pattern)) && holds(Condition, keys),
  );
}

function holds(condition: IamCondition, keys: NonNullable<Request["keys"]>): boolean {
  return Object.entries(condition).every(([operator, wanted]) =>
    Object.entries(wanted).every(([key, allowed]) => {
      const found = keys[key] === undefined ? [] : [keys[key]].flat();
      if (operator === "StringEquals") return found.length > 0 && found.every((one) => allowed.includes(one));
      if (operator === "StringEqualsIfExists" || operator === "ForAllValues:StringEquals") {
        return found.every((one) => allowed.includes(one));
      }
      if (operator === "ForAllValues:StringLike") {
        return found.every((one) => allowed.some((pattern) => isLike(one, pattern)));
      }
      throw new Error(`the fixture does not know ${operator}`);
    }),
  );
}

function isLike(text: string, pattern: string): boolean {
  const escaped = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`).test(text);
}
