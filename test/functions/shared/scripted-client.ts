import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** What `send` was called with: the command's name and input. */
export interface SentCommand {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** A document client that answers with what `reply` returns or throws, and remembers what it was sent. */
export function scriptedClient(reply: (command: SentCommand, signal?: AbortSignal) => unknown) {
  const sent: SentCommand[] = [];
  const send = async (command: { input: object }, options?: { abortSignal?: AbortSignal }) => {
    const record = { name: command.constructor.name, input: command.input as Record<string, unknown> };
    sent.push(record);
    return reply(record, options?.abortSignal);
  };
  return { sent, client: { send } as unknown as Pick<DynamoDBDocumentClient, "send"> };
}

/** An error as the SDK throws it. */
export function sdkError(name: string, more: object = {}): Error {
  return Object.assign(new Error(`${name} of arn:aws:dynamodb:us-east-1:123456789012:table/profiles`), {
    name,
    ...more,
  });
}
