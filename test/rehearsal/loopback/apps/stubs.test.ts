import assert from "node:assert/strict";
import { answerSets } from "../../../../model/answer-sets";
import { stubApp } from "../../../../rehearsal/loopback/apps/stubs";
import { type PlayedEndpoint, readPlay } from "../../../../rehearsal/loopback/play";
import type { EndpointReply } from "../../../../rehearsal/loopback/region-endpoint";
import { GATEWAYS, relayPlan } from "../relay-fixture";

const plan = relayPlan();
const set = answerSets(plan)[0] ?? assert.fail("no set");
const play = readPlay(plan, set);
const stack = { ...play, resources: [] };

function withKinds(primary: PlayedEndpoint["kind"], other: PlayedEndpoint["kind"], type?: "HTTP") {
  const checks = play.checks.map((check) => ({ ...check, type: type ?? check.type }));
  const others = [{ ...play.others[0], kind: other }] as const;
  const app = stubApp({ ...stack, checks, primary: { ...play.primary, kind: primary }, others: [...others] });
  return app.visitors.map(({ scheme }) => scheme);
}

describe("rehearsal/loopback/apps/stubs", () => {
  it("answers the checks' path with what they search for and its own name, and nothing else", async () => {
    const app = stubApp(stack);
    const { handle } = await app.serve(play.primary, {
      region: null,
      tables: [],
      dynamodbEndpoint: undefined,
    });
    const ask = async (url: string): Promise<EndpointReply> =>
      handle({
        ...{
          method: "GET",
          url,
          scheme: "https",
          host: "any",
          headers: {},
          body: Buffer.alloc(0),
          sourceIp: "",
        },
      });
    const body = [`stub of ${GATEWAYS[0]}`, "all is well", "all is well", ""].join("\n");
    const fine = { status: 200, headers: { "content-type": "text/plain", "x-served-by": "alpha" }, body };
    assert.deepEqual(await ask("/status?deep=1"), fine);
    assert.deepEqual(await ask("/status"), fine);
    assert.deepEqual(await ask("/"), fine);
    assert.equal((await ask("/statusx")).status, 404);
  });

  it("visits a path that no check asks for, as a health path may fail alone, and reads who served", () => {
    const visited = (...paths: string[]) => {
      const [first] = play.checks;
      assert.ok(first);
      const [group] = stubApp({ ...stack, checks: paths.map((path) => ({ ...first, path })) }).visitors;
      return group.visit(0).path;
    };
    assert.deepEqual([visited("/status"), visited("/?deep=1"), visited()], ["/", "/visitors", "/"]);
    const [visitors] = stubApp(stack).visitors;
    assert.deepEqual(visitors.visit(0), { method: "GET", path: "/" });
    const reply = (headers: Record<string, string>) => visitors.servedBy({ status: 200, headers, body: "" });
    assert.deepEqual([reply({ "x-served-by": "alpha" }), reply({})], ["alpha", null]);
  });

  it("sends the visitors that the members take: HTTPS, HTTP where the check is, both where they differ", () => {
    assert.deepEqual(withKinds("outside", "outside"), ["https"]);
    assert.deepEqual(withKinds("instance", "instance", "HTTP"), ["http"]);
    assert.deepEqual(withKinds("api-gateway", "instance", "HTTP"), ["https"]);
    assert.deepEqual(withKinds("cloudfront", "s3-website"), ["https", "http"]);
    assert.deepEqual(withKinds("s3-website", "s3-website"), ["http"]);
  });
});
