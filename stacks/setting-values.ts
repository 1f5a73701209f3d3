import { Region } from "@pulumi/aws/types/enums";
import { isHostName, normalizeDnsName } from "../model/dns-name";

/** A text that was read: its value, or what is allowed instead and a value to set. */
export type Reading<T> = { readonly kind: "value"; readonly value: T } | Refusal;

export interface Refusal {
  readonly kind: "refused";
  /** What follows the value in the message, where the value alone does not tell what is wrong. */
  readonly because?: string;
  readonly allowed: string;
  /** The value to propose. */
  readonly lever: string;
}

export type Reader<T> = (text: string) => Reading<T>;

const value = <T>(read: T): Reading<T> => ({ kind: "value", value: read });

/** Whole numbers from `min` to `max`, both inside. `lever` is the value to propose. */
export function integerBetween(min: number, max: number, lever: number): Reader<number> {
  const refused = {
    kind: "refused",
    allowed: `a whole number from ${min} to ${max}`,
    lever: `${lever}`,
  } as const;
  return (text) => {
    // Number() would take "", "0x10" and "1e1"; a setting is written in plain digits.
    if (!/^-?\d{1,9}$/.test(text)) return refused;
    const number = Number(text);
    return number >= min && number <= max ? value(number) : refused;
  };
}

/** An amount above 0 with at most two decimals, as dollars are written. */
export function dollarsAboveZero(max: number, lever: number): Reader<number> {
  return (text) => {
    const amount = /^\d{1,9}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
    return amount > 0 && amount <= max
      ? value(amount)
      : { kind: "refused", allowed: `an amount above 0 and up to ${max}, in USD`, lever: `${lever}` };
  };
}

export function oneOf<const T extends string | number>(choices: readonly T[], lever: T): Reader<T> {
  return (text) => {
    const chosen = choices.find((choice) => `${choice}` === text);
    return chosen === undefined
      ? { kind: "refused", allowed: listed(choices), lever: `${lever}` }
      : value(chosen);
  };
}

export const booleanValue: Reader<boolean> = (text) =>
  text === "true" || text === "false"
    ? value(text === "true")
    : { kind: "refused", allowed: "true or false", lever: /^(yes|on|1)$/i.test(text) ? "true" : "false" };

/** `none` switches an option off; anything else goes to `reader`. */
export function orNone<T>(reader: Reader<T>): Reader<T | undefined> {
  return (text) => {
    if (text === "none") return value(undefined);
    const reading = reader(text);
    return reading.kind === "value" ? reading : { ...reading, allowed: `none, or ${reading.allowed}` };
  };
}

const OTHER_PARTITION = /^(us-gov|cn|us-iso[a-z]?|eu-isoe|eusc)-[a-z-]+-[1-9]$/;
/** Names of the commercial partition; a region of another partition has no replica and no DNS in common with it. */
const REGIONS: readonly string[] = Object.values(Region).filter((name) => !OTHER_PARTITION.test(name));

export function regionName(lever: string): Reader<string> {
  return (text) => {
    if (REGIONS.includes(text)) return value(text);
    const allowed = OTHER_PARTITION.test(text)
      ? "a region of the commercial partition, where Route 53's health metrics are"
      : "an AWS region name such as us-east-1";
    return { kind: "refused", allowed, lever };
  };
}

/** ACM refuses a certificate whose first name is longer (RequestCertificate, after RFC 5280). */
export const CERTIFICATE_NAME_LENGTH_MAX = 64;

/** A host name, in lower case as API Gateway and ACM report it, with one reason for each way to get it wrong. */
export function hostName(lever: string, lengthMax: number): Reader<string> {
  return (text) => {
    const allowed = hostNameFault(text, lengthMax);
    return allowed === undefined
      ? value(text)
      : { kind: "refused", allowed, lever: repairedHostName(text) ?? lever };
  };
}

function hostNameFault(text: string, lengthMax: number): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return "a host name without a scheme";
  if (/[/?#]/.test(text)) return "a host name without a path";
  if (/:\d*$/.test(text)) return "a host name without a port";
  if (text.includes("*")) return "a host name without a wildcard";
  if (text.endsWith(".")) return "a host name without the final dot";
  if (text !== text.toLowerCase()) return "a host name in lower case";
  if (/^[\d.]+$/.test(text) || !isHostName(text))
    return "a host name of at least two labels (letters, digits, hyphens)";
  return text.length > lengthMax
    ? `a host name of up to ${lengthMax} characters, the longest that ACM certifies`
    : undefined;
}

/** The host name inside a URL or a differently spelled name, where there is one. */
function repairedHostName(text: string): string | undefined {
  const bare = text
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/[/?#:].*$/, "")
    .replace(/^\*\./, "");
  const name = normalizeDnsName(bare);
  return hostNameFault(name, CERTIFICATE_NAME_LENGTH_MAX) === undefined ? name : undefined;
}

export const emailAddress: Reader<string> = (text) =>
  /^[^\s@,;<>]+@[^\s@,;<>]+\.[a-z]{2,}$/i.test(text)
    ? value(text)
    : { kind: "refused", allowed: "one e-mail address", lever: "none" };

function listed(choices: readonly (string | number)[]): string {
  return choices.length < 2 ? `${choices[0]}` : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
}
