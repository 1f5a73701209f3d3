import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { AwsCredentials } from "./signed-call";

/** Where the store is, when it is not the region's own. */
export interface StoreAccess {
  /** URL of a DynamoDB-compatible store; the region's own endpoint unless given. */
  readonly dynamodbEndpoint?: string;
  /** The SDK's own search unless given; it finds the instance's or the function's role. */
  readonly credentials?: DynamoDBClientConfig["credentials"];
}

export interface Documents {
  readonly client: DynamoDBDocumentClient;
  /** What the client signs with, renewed as it needs. */
  readonly credentials: () => Promise<AwsCredentials>;
  close(): void;
}

/** A client that gives up on a table after two attempts of 1 s: it answers in milliseconds or is lost. */
export function createDocuments(region: string, { dynamodbEndpoint, credentials }: StoreAccess): Documents {
  const client = new DynamoDBClient({
    region,
    ...(dynamodbEndpoint === undefined ? {} : { endpoint: dynamodbEndpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    retryMode: "standard",
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: 500,
      requestTimeout: 1_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 20 },
      httpsAgent: { keepAlive: true, maxSockets: 20 },
    },
  });
  return {
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    credentials: () => client.config.credentials(),
    close: () => client.destroy(),
  };
}
