import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import { listen } from "./local-server";

export const CREDENTIALS = { accessKeyId: "local", secretAccessKey: "local" };

/** The memory table in a DynamoDB-compatible store on this machine. */
export interface MemoryTable {
  readonly endpoint: string;
  readonly tableName: string;
  readonly client: DynamoDBDocumentClient;
  close(): void;
}

export async function memoryTable(): Promise<MemoryTable> {
  const store = dynalite({ createTableMs: 0 });
  const { port } = await listen(store);
  const endpoint = `http://127.0.0.1:${port}`;
  const tableName = "assistant-memory";
  const client = new DynamoDBClient({ region: "us-east-1", endpoint, credentials: CREDENTIALS });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "log", AttributeType: "S" },
        { AttributeName: "sequence", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "log", KeyType: "HASH" },
        { AttributeName: "sequence", KeyType: "RANGE" },
      ],
    }),
  );
  return {
    endpoint,
    tableName,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    close() {
      client.destroy();
      store.close();
    },
  };
}
