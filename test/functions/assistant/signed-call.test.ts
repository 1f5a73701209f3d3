import assert from "node:assert/strict";
import { callAwsJson, signedHeaders } from "../../../functions/assistant/signed-call";
import { localServer } from "./local-server";

/** The request `post-vanilla` of AWS's Signature Version 4 test suite, and the variant with a session token. */
const SUITE = {
  request: {
    host: "example.amazonaws.com",
    path: "/",
    body: "",
    service: "service",
    region: "us-east-1",
    headers: {},
  },
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  nowMs: Date.UTC(2015, 7, 30, 12, 36, 0),
};
const CALL = {
  service: "ssm",
  region: "us-east-1",
  target: "AmazonSSM.GetParameter",
  jsonVersion: "1.1" as const,
  input: { Name: "/p" },
};
const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "hush", sessionToken: "session" };

function environment(signal = AbortSignal.timeout(2_000)) {
  return { credentials: async () => CREDENTIALS, now: () => SUITE.nowMs, signal };
}

describe("functions/assistant/signed-call", () => {
  it("signs as AWS's test suite says", () => {
    assert.deepEqual(signedHeaders(SUITE.request, SUITE.credentials, SUITE.nowMs), {
      "x-amz-date": "20150830T123600Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, " +
        "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    });
  });

  it("signs the session token of a role too", () => {
    const headers = signedHeaders(SUITE.request, CREDENTIALS, SUITE.nowMs);
    assert.equal(headers["x-amz-security-token"], "session");
    assert.match(headers.authorization ?? "", /SignedHeaders=host;x-amz-date;x-amz-security-token,/);
  });

  it("posts the operation and gives back its answer", async () => {
    const server = await localServer(() => ({ status: 200, body: { Parameter: { Value: "v" } } }));
    try {
      const answer = await callAwsJson({ ...CALL, endpoint: server.url }, environment());
      assert.deepEqual(answer, { Parameter: { Value: "v" } });
      const [{ method, url, body, headers } = assert.fail()] = server.received;
      assert.deepEqual([method, url, body], ["POST", "/", '{"Name":"/p"}']);
      assert.equal(headers["content-type"], "application/x-amz-json-1.1");
      assert.equal(headers["x-amz-target"], "AmazonSSM.GetParameter");
      assert.match(headers.authorization ?? "", /\/ssm\/aws4_request, SignedHeaders=content-type;host;/);
    } finally {
      await server.close();
    }
  });

  it("tells a refusal by its code, not by its words", async () => {
    const bodies = [
      { __type: "com.amazonaws.ssm#AccessDeniedException", message: "hush is not allowed" },
      "<html>hush</html>",
    ];
    const server = await localServer((_request, count) => ({ status: 400, body: bodies[count - 1] ?? "" }));
    try {
      for (const code of ["AccessDeniedException", "UnknownError"]) {
        await assert.rejects(callAwsJson({ ...CALL, endpoint: server.url }, environment()), {
          name: "AwsRefusal",
          status: 400,
          code,
          message: `AmazonSSM.GetParameter answered 400 ${code}`,
        });
      }
    } finally {
      await server.close();
    }
  });

  it("reads 64 KiB of an answer and not more, and ends when told to", async () => {
    const padded = (bytes: number) => JSON.stringify({ a: "x".repeat(bytes - 8) });
    const server = await localServer((_request, count) =>
      count === 3 ? undefined : { status: 200, body: padded(65_536 + count - 1) },
    );
    try {
      const call = { ...CALL, endpoint: server.url };
      await callAwsJson(call, environment());
      await assert.rejects(callAwsJson(call, environment()), {
        message: "the answer has more than 65536 bytes",
      });
      await assert.rejects(callAwsJson(call, environment(AbortSignal.timeout(50))), { name: "TimeoutError" });
    } finally {
      await server.close();
    }
  });
});
