import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createHandler, type HandlerSettings, type ProfileApiHandler } from "./handler";
import { createProfileStore } from "./profile-store";

export interface ProfileApiSettings extends Pick<HandlerSettings, "region" | "build" | "log"> {
  readonly tableName: string;
  /** URL of a DynamoDB-compatible store; the region's own endpoint unless given. */
  readonly dynamodbEndpoint?: string;
  /** The SDK's own search unless given; in Lambda it finds the role. */
  readonly credentials?: DynamoDBClientConfig["credentials"];
  /** Milliseconds since 1970; the system clock unless given. */
  readonly now?: () => number;
}

/** The handler, and an end for its kept-alive connections. */
export type ProfileApi = ProfileApiHandler & { close(): void };

/**
 * The whole profile API of one region: the same code in Lambda, and several times in one process in a rehearsal.
 *
 * DynamoDB answers in milliseconds, so a second without an answer is lost: two attempts of 1 s leave room within
 * the 3 s that the function should at least be given.
 */
export function createProfileApi(settings: ProfileApiSettings): ProfileApi {
  const { region, build, tableName, log, now = Date.now } = settings;
  const client = new DynamoDBClient({
    region,
    ...(settings.dynamodbEndpoint === undefined ? {} : { endpoint: settings.dynamodbEndpoint }),
    ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
    retryMode: "standard",
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: 500,
      requestTimeout: 1_000,
      // Without it the SDK only warns about a request that takes too long.
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 50 },
      httpsAgent: { keepAlive: true, maxSockets: 50 },
    },
  });
  const documents = DynamoDBDocumentClient.from(client);
  const store = createProfileStore({ client: documents, tableName, region, now });
  const handler = createHandler({ store, region, build, now, log });
  return Object.assign(handler, { close: () => client.destroy() });
}
