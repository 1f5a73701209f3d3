import { MODEL_NAME as MODEL_NAME_TEXT } from "../assistant-settings";
import { PARAMETER } from "../environment";
import { parseHomelabTools } from "../homelab-tool";
import { ALLOWED_NUMBERS_MAX } from "../sms/sms-settings";

export { isModelUrl } from "../assistant-settings";
export { isPhoneNumber } from "../sms/inbound-text";
export { ALLOWED_NUMBERS_MAX };

/**
 * What the application takes in its variables, for whoever configures it: a standby that refuses its environment
 * would be noticed at the first failover.
 */
export const PARAMETER_NAME = PARAMETER;
export const MODEL_NAME = MODEL_NAME_TEXT;

/** What is wrong with the text of HOMELAB_TOOLS, a line each; empty when nothing is. */
export function wrongToolLines(json: string): readonly string[] {
  const parsed = parseHomelabTools(json);
  return parsed.kind === "ok" ? [] : parsed.lines;
}

/** Text that systemd's EnvironmentFile takes between single quotes. */
export const VARIABLE_TEXT = /^[\x20-\x26\x28-\x7e]{1,2000}$/;
