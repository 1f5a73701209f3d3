import { ipAddress } from "../../model/ip-address";
import { whyPrivate } from "../../model/private-name";
import { reservedRange } from "../../model/reserved-address";
import { hostName, type Reader, type Refusal } from "../setting-values";

/** One of the endpoints that share a name. */
export interface Gateway {
  /** Its set identifier in Route 53 and part of its resources' names. */
  readonly name: string;
  /** The address or the host name that answers lead to. */
  readonly target: string;
  /** Its share of the sum of all weights, 0 to 255. */
  readonly weight: number;
}

/** Gateways that one record type can lead to. */
export interface GatewaySet {
  readonly recordType: "A" | "AAAA" | "CNAME";
  readonly members: readonly Gateway[];
}

/** Route 53's quota of weighted records with one name and type; one alone has nobody to take over. */
const COUNT = { min: 2, max: 100 };
/** ResourceRecordSet, Weight. */
const WEIGHT_MAX = 255;
/** Route 53 takes 128 characters; Pulumi's names of checks, records and alarms begin with it. */
const NAME_LENGTH_MAX = 40;
const NAME = new RegExp(`^[a-z][a-z0-9-]{0,${NAME_LENGTH_MAX - 1}}$`);

/** Two gateways of the blocks kept for documentation: an example that AWS itself refuses to check. */
export const EXAMPLE_GATEWAYS = "gateway-a=203.0.113.10@50, gateway-b=198.51.100.10@50";

/** So many faults are told at once. */
const FAULTS_SHOWN = 4;

/**
 * `gateway-a=203.0.113.10@50, gateway-b=198.51.100.10@50`: name, target and weight of each, separated by commas or
 * lines. The targets are all IPv4, all IPv6 or all host names, since one name has either a CNAME or addresses.
 */
export const gatewaySet: Reader<GatewaySet> = (text) => {
  const entries = text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const faults: string[] = [];
  const read = entries.flatMap((entry) => readGateway(entry, faults));
  if (entries.length < COUNT.min) faults.push(`${entries.length === 0 ? "none" : "one"} is no set`);
  if (entries.length > COUNT.max) faults.push(`${entries.length} are more than Route 53 takes for a name`);
  faults.push(...repeated(read), ...mixed(read));
  // Were all 0, Route 53 would share equally, and the figures would not say what happens.
  if (read.length > 0 && read.every(({ weight }) => weight === 0)) faults.push("every weight is 0");
  const [first] = read;
  if (faults.length > 0 || !first) return refusal(faults);
  const members = read.map(({ name, target, weight }) => ({ name, target, weight }));
  return { kind: "value", value: { recordType: first.recordType, members } };
};

function refusal(faults: readonly string[]): Refusal {
  const more = faults.length - FAULTS_SHOWN;
  const shown = [...faults.slice(0, FAULTS_SHOWN), ...(more > 0 ? [`${more} more`] : [])];
  return {
    kind: "refused",
    because: `but ${shown.join(", and ")}`,
    allowed: `${COUNT.min} to ${COUNT.max} gateways as name=target@weight, with public targets of one kind (IPv4, IPv6 or host names) and weights from 0 to ${WEIGHT_MAX}`,
    lever: `something like "${EXAMPLE_GATEWAYS}"`,
  };
}

type ReadGateway = Gateway & Pick<GatewaySet, "recordType"> & { readonly key: string };

function readGateway(entry: string, faults: string[]): ReadGateway[] {
  const [, name, target, digits] = /^([^=@\s]+)\s*=\s*([^=@\s]+)\s*@\s*(\d{1,9})$/.exec(entry) ?? [];
  if (name === undefined || target === undefined || digits === undefined) {
    faults.push(`${JSON.stringify(entry.slice(0, 60))} is not name=target@weight`);
    return [];
  }
  const own = [nameFault(name), targetFault(target), weightFault(name, Number(digits))].filter(
    (fault) => fault !== undefined,
  );
  faults.push(...own);
  if (own.length > 0) return [];
  const address = ipAddress(target);
  const recordType = address === undefined ? "CNAME" : address.family === "ipv4" ? "A" : "AAAA";
  return [{ name, target, weight: Number(digits), recordType, key: address ? `${address.bits}` : target }];
}

function nameFault(name: string): string | undefined {
  if (NAME.test(name) && !name.endsWith("-")) return undefined;
  return `the name ${name.slice(0, 60)} is not up to ${NAME_LENGTH_MAX} lower-case letters, digits and inner hyphens after a letter`;
}

function weightFault(name: string, weight: number): string | undefined {
  return weight > WEIGHT_MAX ? `the weight of ${name} is ${weight}` : undefined;
}

function targetFault(target: string): string | undefined {
  if (ipAddress(target) !== undefined) {
    const range = reservedRange(target);
    // Examples and rehearsals use the blocks for documentation; the rule health-check-endpoint advises against them.
    if (range === undefined || range.documentation) return undefined;
    return `${target} is in ${range.network} (${range.what}), which Route 53 does not check`;
  }
  const reading = hostName(target, 253)(target);
  if (reading.kind === "refused") return `${target} is neither an address nor ${reading.allowed}`;
  const why = whyPrivate(target);
  return why && `${target} ${why}`;
}

function repeated(read: readonly ReadGateway[]): string[] {
  return read.flatMap(({ name, target, key }, index) => {
    const before = read.slice(0, index);
    const twin = before.find((other) => other.key === key);
    return [
      ...(before.some((other) => other.name === name) ? [`two are called ${name}`] : []),
      ...(twin ? [`${twin.name} and ${name} both lead to ${target}`] : []),
    ];
  });
}

function mixed(read: readonly ReadGateway[]): string[] {
  const types = new Set(read.map(({ recordType }) => recordType));
  if (types.size < 2) return [];
  return [
    types.has("CNAME")
      ? "host names and addresses are mixed, and one name has either a CNAME or addresses"
      : "IPv4 and IPv6 are mixed, whose records would be two sets that share apart",
  ];
}
