import { createHash } from "node:crypto";
import {
  ALLOWED_NUMBERS_MAX,
  isModelUrl,
  isPhoneNumber,
  MODEL_NAME,
  PARAMETER_NAME,
  VARIABLE_TEXT,
  wrongToolLines,
} from "../../functions/assistant/user-data/variable-texts";
import { isInZone } from "../../model/dns-name";
import { ipAddress } from "../../model/ip-address";
import { reservedRange } from "../../model/reserved-address";
import { hostName, type Reader } from "../setting-values";

const read = <T>(value: T) => ({ kind: "value", value }) as const;
const refused = (allowed: string, lever: string, because?: string) =>
  ({ kind: "refused", allowed, lever, ...(because === undefined ? {} : { because }) }) as const;

/** Those for documentation pass: examples and rehearsals use them. */
const ADDRESS = "203.0.113.7";

/** An IPv4 address that the checkers, which are on the internet, can reach. */
export const publicIpv4: Reader<string> = (text) => {
  const allowed = "a public IPv4 address";
  if (ipAddress(text)?.family !== "ipv4") return refused(allowed, ADDRESS);
  const range = reservedRange(text);
  if (range === undefined || range.documentation) return read(text);
  return refused(allowed, ADDRESS, `which is ${range.what} (${range.network}) and unreachable for Route 53`);
};

/** Where Cloudflare puts the names of tunnels. */
const CLOUDFLARE_TUNNELS = "cfargotunnel.com";
const HOST_NAME_LENGTH_MAX = 253;

/**
 * A name by which the closet is reached. Not a Cloudflare tunnel's own: that proxies for DNS records of the same
 * Cloudflare account alone (Cloudflare Tunnel documentation, "DNS records"), so that a CNAME of Route 53 leads nowhere.
 */
export const originName: Reader<string> = (text) => {
  const lever = "closet.example.com";
  const reading = hostName(lever, HOST_NAME_LENGTH_MAX)(text);
  if (reading.kind === "refused" || !isInZone(text, CLOUDFLARE_TUNNELS)) return reading;
  return refused(
    "a name that answers for domainName too, such as one of your Cloudflare zone with domainName as its custom hostname",
    lever,
    "a tunnel's own name, which serves DNS records of the same Cloudflare account and so none of Route 53",
  );
};

/** The path of an SSM parameter. SSM keeps names that begin with `aws` or `ssm` to itself. */
export function parameterName(lever: string): Reader<string> {
  return (text) => {
    if (!PARAMETER_NAME.pattern.test(text)) return refused(PARAMETER_NAME.allowed, lever);
    return /^\/(aws|ssm)/i.test(text)
      ? refused("a path that does not begin with /aws or /ssm, which AWS keeps to itself", lever)
      : read(text);
  };
}

/** What `sha256sum` prints of a download that failed. */
const EMPTY_DIGEST = createHash("sha256").digest("hex");

/** 64 hexadecimal digits in lower case, as `sha256sum` prints them. */
export const caddyDigest: Reader<string> = (text) => {
  const allowed =
    "64 hexadecimal digits, the sha256 of a Caddy for Linux on arm64 with the module dns.providers.route53";
  const lever = "the digits that sha256sum prints of the Caddy that you built";
  if (text === EMPTY_DIGEST) return refused(allowed, lever, "which is the sha256 of an empty file");
  return /^[0-9a-f]{64}$/.test(text) ? read(text) : refused(allowed, lever);
};

/** The registry of tools, exactly as the application will read it. */
export const homelabTools: Reader<string> = (text) => {
  const [wrong] = wrongToolLines(text);
  const lever = '[{"name":"lights","host":"100.64.0.10","port":8123}]';
  const allowed = "a JSON list of tools with name, host on the tailnet, port and path";
  if (wrong !== undefined) return refused(allowed, lever, wrong);
  return VARIABLE_TEXT.test(text)
    ? read(text)
    : refused(`${allowed}, in up to 2000 characters of ASCII without '`, lever);
};

export const modelUrl: Reader<string> = (text) =>
  isModelUrl(text) && VARIABLE_TEXT.test(text)
    ? read(text)
    : refused(
        "an https URL without user, query and fragment",
        "https://model.example.com/v1/chat/completions",
      );

export const modelName: Reader<string> = (text) =>
  MODEL_NAME.pattern.test(text) ? read(text) : refused(MODEL_NAME.allowed, "small-1");

/** The id of a number of End User Messaging SMS. */
export const phoneNumberId: Reader<string> = (text) =>
  /^phone-[0-9a-f]{32}$/.test(text)
    ? read(text)
    : refused(
        "the id of a phone number: phone- and 32 hexadecimal digits",
        "what aws pinpoint-sms-voice-v2 describe-phone-numbers shows as PhoneNumberId",
      );

/** Who is answered. The message does not repeat numbers. */
export const phoneNumbers: Reader<readonly string[]> = (text) => {
  const numbers = text.split(",").map((number) => number.trim());
  return numbers.length <= ALLOWED_NUMBERS_MAX && numbers.every(isPhoneNumber)
    ? read(numbers)
    : refused(`1 to ${ALLOWED_NUMBERS_MAX} numbers such as +15550100, separated by commas`, "+15550100");
};
