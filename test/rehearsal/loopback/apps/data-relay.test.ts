import assert from "node:assert/strict";
import type { AnswerSet } from "../../../../model/answer-sets";
import type { RecordSet } from "../../../../model/failover-plan";
import { dataRelayApp } from "../../../../rehearsal/loopback/apps/data-relay";
import type { PlayedCheck, PlayedEndpoint } from "../../../../rehearsal/loopback/play";
import type { EndpointReply } from "../../../../rehearsal/loopback/region-endpoint";
import type { AppPlace } from "../../../../rehearsal/loopback/rehearsed-app";

const member = (name: string, address: string): RecordSet => ({
  urn: `urn:${name}`,
  name: "relay.example.com",
  type: "A",
  zoneId: "Z1",
  zone: "Z1",
  setIdentifier: name,
  routing: { kind: "weighted", weight: 50 },
  target: { kind: "values", values: [address], ttlSeconds: 60 },
  healthCheck: { kind: "check", urn: `urn:${name}-check` },
});
const A = member("gateway-a", "203.0.113.10");
const B = member("gateway-b", "198.51.100.10");
const SET: AnswerSet = { name: A.name as string, type: "A", routing: "weighted", primary: A, others: [B] };
const check = (type: "HTTP" | "HTTPS", path = "/health") => ({ type, path }) as PlayedCheck;
const endpoint = ({ urn }: RecordSet): PlayedEndpoint => ({
  urn,
  kind: "outside",
  region: null,
  hostNames: [],
});
const PLACE: AppPlace = { region: null, tables: [], dynamodbEndpoint: undefined };

/** What gateway B answers. */
async function answer(method: string, url: string, body = ""): Promise<EndpointReply> {
  const served = await dataRelayApp({ set: SET, checks: [check("HTTP")] }).serve(endpoint(B), PLACE);
  const request = {
    method,
    url,
    scheme: "http",
    host: "relay.example.com",
    headers: {},
    sourceIp: "127.0.0.1",
  };
  return served.handle({ ...request, scheme: "http", body: Buffer.from(body) });
}

const reply = ({ status, headers = {}, body = "" }: EndpointReply) => ({
  status,
  headers: headers as Record<string, string>,
  body: body.toString(),
});

describe("rehearsal/loopback/apps/data-relay", () => {
  const [submissions] = dataRelayApp({ set: SET, checks: [check("HTTP")] }).visitors;

  it("posts submissions that differ, and counts what a gateway acknowledges as served by it", async () => {
    const [first, second] = [submissions.visit(0), submissions.visit(1)];
    assert.deepEqual([first.method, first.path], ["POST", "/submissions"]);
    assert.notEqual(first.body, second.body);
    const acknowledged = reply(await answer("POST", first.path, first.body));
    assert.deepEqual(acknowledged, {
      status: 202,
      headers: { "content-type": "application/json", "x-gateway": "gateway-b" },
      body: '{"acknowledged":"submission-0"}',
    });
    assert.equal(submissions.isServed?.(acknowledged), true);
    assert.equal(submissions.servedBy(acknowledged), "gateway-b");
  });

  it("counts every other answer as a lost submission, also one that looks like success", () => {
    for (const lost of [
      { status: 503, headers: {}, body: "" },
      { status: 200, headers: {}, body: '{"acknowledged":"submission-0"}' },
      { status: 202, headers: {}, body: "taken" },
      { status: 202, headers: {}, body: "" },
    ]) {
      assert.equal(submissions.isServed?.(lost), false);
      assert.equal(submissions.servedBy(lost), null);
    }
  });

  it("answers the path of its check, and refuses what is no submission", async () => {
    const statuses = async (...requests: [string, string, string?][]) =>
      Promise.all(requests.map(async ([method, url, body]) => (await answer(method, url, body)).status));
    assert.deepEqual(
      await statuses(
        ["GET", "/health"],
        ["HEAD", "/health"],
        ["POST", "/health"],
        ["GET", "/"],
        ["GET", "/submissions"],
        ["POST", "/submissions", "{"],
        ["POST", "/submissions", "null"],
        ["POST", "/submissions", '{"id":""}'],
        ["POST", "/submissions", '{"id":7}'],
      ),
      [200, 200, 404, 404, 405, 400, 400, 400, 400],
    );
  });

  it("loses every gateway in an act of its own, after which those with weight are to be named", () => {
    const weighing = (record: RecordSet, weight: number): RecordSet => ({
      ...record,
      routing: { kind: "weighted", weight },
    });
    const idle = { ...weighing(A, 0), urn: "urn:idle" };
    const set = { ...SET, primary: weighing(A, 1), others: [idle, weighing(B, 2)] };
    const [place, ...more] = dataRelayApp({ set, checks: [check("HTTP")] }).faultPlaces ?? [];
    assert.equal(more.length, 0);
    assert.deepEqual(place, {
      name: "every-gateway",
      title: "every gateway is lost; DNS goes on naming them, as if all were healthy",
      expectation: "all-named",
      endpoints: [A.urn, idle.urn, B.urn],
      named: [B.urn, A.urn],
    });
  });

  it("speaks what the checks speak, to clients as well, and nothing else", () => {
    for (const [type, scheme] of [
      ["HTTP", "http"],
      ["HTTPS", "https"],
    ] as const) {
      const app = dataRelayApp({ set: SET, checks: [check(type), check(type)] });
      assert.equal(app.visitors[0].scheme, scheme);
      assert.deepEqual(app.doors?.(endpoint(A)), {
        http: scheme === "http" ? "any" : [],
        https: scheme === "https" ? "any" : [],
        needsServerName: false,
      });
    }
  });
});
