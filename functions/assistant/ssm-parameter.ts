import type { ReadParameter } from "./secret-cache";
import { type AwsCredentials, callAwsJson } from "./signed-call";

/**
 * Reads SecureStrings of SSM Parameter Store (`GetParameter` with decryption). The caller's role needs
 * `ssm:GetParameter` on that parameter, and `kms:Decrypt` when its key is not the account's `aws/ssm`.
 *
 * @param endpoint the region's own unless given.
 */
export function createParameterReader(settings: {
  readonly region: string;
  readonly credentials: () => Promise<AwsCredentials>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly endpoint?: string;
}): ReadParameter {
  const { region, credentials, now, endpoint } = settings;
  return async (name, signal) => {
    const answer = await callAwsJson(
      {
        service: "ssm",
        region,
        target: "AmazonSSM.GetParameter",
        jsonVersion: "1.1",
        endpoint,
        input: { Name: name, WithDecryption: true },
      },
      { credentials, now, signal },
    );
    const { Value: value } = (answer.Parameter ?? {}) as { Value?: unknown };
    if (typeof value !== "string") throw new Error(`parameter ${name} has no value`);
    return value;
  };
}
