import assert from "node:assert/strict";
import { createTextSender } from "../../../../functions/assistant/sms/text-sender";
import { closedPort, localServer } from "../local-server";

const OUTBOUND = { to: "+14255550182", from: "+12125550101", text: "hello" };

function sender(endpoint: string) {
  return createTextSender({
    region: "us-east-1",
    credentials: async () => ({ accessKeyId: "a", secretAccessKey: "s" }),
    now: () => 0,
    endpoint,
  });
}

describe("functions/assistant/sms/text-sender", () => {
  it("sends by SendTextMessage", async () => {
    const server = await localServer(() => ({ status: 200, body: { MessageId: "r-1" } }));
    try {
      assert.deepEqual(await sender(server.url)(OUTBOUND), { messageId: "r-1" });
      const [{ headers, body } = assert.fail()] = server.received;
      assert.equal(headers["x-amz-target"], "PinpointSMSVoiceV2.SendTextMessage");
      assert.match(headers.authorization ?? "", /us-east-1\/sms-voice\/aws4_request/);
      assert.deepEqual(JSON.parse(body), {
        DestinationPhoneNumber: "+14255550182",
        OriginationIdentity: "+12125550101",
        MessageBody: "hello",
        MessageType: "TRANSACTIONAL",
      });
    } finally {
      await server.close();
    }
  });

  it("passes on no id that does not look like one", async () => {
    const ids = [undefined, 7, "", "+14255550182", "r 1"];
    const server = await localServer((_request, count) => ({
      status: 200,
      body: { MessageId: ids[count - 1] },
    }));
    try {
      for (const id of ids)
        assert.deepEqual(await sender(server.url)(OUTBOUND), { messageId: undefined }, `${id}`);
    } finally {
      await server.close();
    }
  });

  it("tells what was certainly not sent from what may have been", async () => {
    const statuses = [400, 429, 500, 503];
    const server = await localServer((_request, count) => ({
      status: statuses[count - 1] ?? 200,
      body: "{}",
    }));
    try {
      const names: string[] = [];
      for (const _ of statuses) await sender(server.url)(OUTBOUND).catch((error) => names.push(error.name));
      assert.deepEqual(names, ["NotSent", "NotSent", "AwsRefusal", "AwsRefusal"]);
    } finally {
      await server.close();
    }
    await assert.rejects(sender(`http://127.0.0.1:${await closedPort()}/`)(OUTBOUND), { name: "NotSent" });
  });
});
