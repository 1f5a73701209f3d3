import type { Properties } from "../../../../model/unknown";
import { ACCOUNT_ID, type Account, MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { resourceType } from "../../../../rehearsal/standin/aws/catalogue";
import { check } from "../../../../rehearsal/standin/aws/check";
import * as lifecycle from "../../../../rehearsal/standin/aws/lifecycle";
import { Refusal } from "../../../../rehearsal/standin/aws/refusal";
import type { Made, ProviderScope } from "../../../../rehearsal/standin/aws/resource-type";

export const SCOPE: ProviderScope = { accountId: ACCOUNT_ID, region: "us-east-1", defaultTags: {} };

export function urnOf(token: string, name: string): string {
  return `urn:pulumi:test::fixture::${token}::${name}`;
}

interface Where {
  readonly name?: string;
  readonly region?: string;
  readonly account?: Account;
}

/** Reasons for which inputs are refused by themselves. */
export function reasonsOf(token: string, inputs: Properties, region = "us-east-1"): string[] {
  const { problems } = check(resourceType(token), urnOf(token, "x"), inputs, { ...SCOPE, region });
  return problems.map(({ reason }) => reason);
}

/** Checks and creates one resource; a fault of the inputs fails the test at once. */
export function made(token: string, inputs: Properties, where: Where = {}): Made {
  const { name = "x", region = "us-east-1", account = new MemoryAccount(false) } = where;
  const type = resourceType(token);
  const scope = { ...SCOPE, region };
  const checked = check(type, urnOf(token, name), inputs, scope);
  if (checked.problems.length > 0) throw new Error(checked.problems.map(({ reason }) => reason).join("\n"));
  return lifecycle.create(type, urnOf(token, name), checked.inputs, scope, account);
}

/** Deletes what `made` created. */
export function removed(token: string, account: Account, name = "x"): void {
  const resource = account.list(token).find(({ urn }) => urn === urnOf(token, name));
  if (resource === undefined) throw new Error(`${name} is not in the account`);
  lifecycle.remove(resourceType(token), resource, account);
}

/** The lines with which `act` is refused; anything but a refusal fails the test. */
export function refusal(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.lines;
    throw error;
  }
  throw new Error("nothing was refused");
}
