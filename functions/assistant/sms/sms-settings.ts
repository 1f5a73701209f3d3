import { BUILD, EnvironmentReader, PARAMETER, REGION, TABLE } from "../environment";
import { isPhoneNumber } from "./inbound-text";

export interface SmsSettings {
  readonly region: string;
  readonly build: string;
  readonly tableName: string;
  /** SSM parameter that holds the assistant's bearer token. */
  readonly tokenParameter: string;
  /** URL of `/chat` under the failover name. */
  readonly assistantUrl: string;
  /** Numbers that are answered, E.164. */
  readonly allowedNumbers: readonly string[];
}

export const ALLOWED_NUMBERS_MAX = 20;
const CHAT_URL =
  /^(https:\/\/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?|http:\/\/127\.0\.0\.1:\d{1,5})\/chat$/;

/**
 * Reads the environment of the SMS function: TABLE_NAME, AWS_REGION, BUILD, TOKEN_PARAMETER, ASSISTANT_URL and
 * ALLOWED_NUMBERS (separated by commas).
 * @throws WrongEnvironment with one line for each variable that is wrong.
 */
export function parseSmsSettings(environment: Readonly<Record<string, string | undefined>>): SmsSettings {
  const reader = new EnvironmentReader(environment);
  return reader.finish({
    region: reader.text("AWS_REGION", REGION.allowed, REGION.pattern),
    build: reader.text("BUILD", BUILD.allowed, BUILD.pattern),
    tableName: reader.text("TABLE_NAME", TABLE.allowed, TABLE.pattern),
    tokenParameter: reader.text("TOKEN_PARAMETER", PARAMETER.allowed, PARAMETER.pattern),
    assistantUrl: reader.text("ASSISTANT_URL", "https://<failover name>/chat", CHAT_URL),
    allowedNumbers: readNumbers(reader),
  });
}

function readNumbers(reader: EnvironmentReader): readonly string[] {
  const numbers = (reader.raw("ALLOWED_NUMBERS") ?? "").split(",").map((number) => number.trim());
  if (numbers.length <= ALLOWED_NUMBERS_MAX && numbers.every(isPhoneNumber)) return numbers;
  // Not the value: phone numbers do not belong in a log.
  return reader.wrong(
    `ALLOWED_NUMBERS is not usable; allowed: 1 to ${ALLOWED_NUMBERS_MAX} numbers such as +15550100, separated by commas`,
    [],
  );
}
