import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type * as providerProto from "@pulumi/pulumi/proto/provider_pb";
import { EXECUTABLE, nothing, PluginClient, proto } from "./provider-client";

const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
const TOPIC = "aws:sns/topic:Topic";

function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::p::${type}::${name}`;
}

type StructHolder = { toJavaScript(): unknown } | undefined;
const plain = (struct: StructHolder) => struct?.toJavaScript() as Record<string, unknown>;

describe("standin/plugin over gRPC", function () {
  this.timeout(20_000);
  let plugin: PluginClient;

  before(async () => {
    plugin = await PluginClient.start({ STANDIN_HOSTED_ZONES: "example.com" });
    const args = { region: "us-west-2", defaultTags: '{"tags":{"role":"standby"}}' };
    await plugin.call("configure", new proto.ConfigureRequest(), { Args: args });
  });
  after(() => plugin.stop());

  const check = (type: string, news: object, olds: object = {}) =>
    plugin.call<providerProto.CheckResponse>("check", new proto.CheckRequest(), {
      Urn: urnOf(type, "x"),
      Olds: olds,
      News: news,
    });
  const create = (type: string, inputs: object, preview: boolean) =>
    plugin.call<providerProto.CreateResponse>("create", new proto.CreateRequest(), {
      Urn: urnOf(type, "x"),
      Properties: inputs,
      Preview: preview,
    });

  it("says what it is: as new as the SDK, and able to preview", async () => {
    const info = await plugin.call("getPluginInfo", nothing());
    assert.deepEqual(info.toObject(), { version: "7.48.0" });
    const configured = await plugin.call<providerProto.ConfigureResponse>(
      "configure",
      new proto.ConfigureRequest(),
      { Args: { region: "us-west-2", defaultTags: '{"tags":{"role":"standby"}}' } },
    );
    assert.equal(configured.getSupportspreview(), true);
    assert.equal(configured.getAcceptsecrets(), false);
    assert.equal(configured.getAcceptresources(), false);
    await plugin.call("handshake", new proto.ProviderHandshakeRequest());
    await plugin.call("cancel", nothing());
  });

  it("judges a provider's configuration", async () => {
    const judge = (news: object) =>
      plugin.call<providerProto.CheckResponse>("checkConfig", new proto.CheckRequest(), { News: news });
    assert.deepEqual((await judge({ region: "us-east-1", version: "7.48.0" })).getFailuresList(), []);
    const [failure] = (await judge({ region: "mars" })).getFailuresList();
    assert.equal(failure?.getProperty(), "region");
    const changed = await plugin.call<providerProto.DiffResponse>("diffConfig", new proto.DiffRequest(), {
      OldInputs: { region: "us-east-1" },
      News: { region: "us-west-2" },
    });
    assert.deepEqual([changed.getDiffsList(), changed.getReplacesList()], [["region"], []]);
  });

  it("fills in inputs, and names the faults of wrong ones", async () => {
    const good = plain((await check(TOPIC, { tags: { a: "b" } })).getInputs());
    assert.match(String(good.name), /^x-[0-9a-f]{7}$/);
    assert.equal(good.region, "us-west-2");
    assert.deepEqual(good.tagsAll, { role: "standby", a: "b" });
    const failures = (await check(HEALTH_CHECK, { requestInterval: 20 })).getFailuresList();
    assert.deepEqual(
      failures.map((failure) => failure.toObject()),
      [
        { property: "type", reason: "type is missing, and AWS cannot do without it" },
        {
          property: "requestInterval",
          reason:
            "requestInterval: AWS takes 10 or 30, got 20; the interval cannot be changed after creation",
        },
      ],
    );
  });

  it("leaves AWS's own values unknown at preview, and fills them in at creation", async () => {
    const inputs = plain((await check(TOPIC, {})).getInputs());
    const foreseen = await create(TOPIC, inputs, true);
    assert.equal(foreseen.getId(), "");
    assert.equal(plain(foreseen.getProperties()).arn, UNKNOWN_TEXT);
    const made = await create(TOPIC, inputs, false);
    const arn = `arn:aws:sns:us-west-2:123456789012:${inputs.name}`;
    assert.equal(made.getId(), arn);
    assert.equal(plain(made.getProperties()).arn, arn);
  });

  it("takes values that are not known yet for what they are", async () => {
    const open = await check(HEALTH_CHECK, { type: "HTTPS", fqdn: UNKNOWN_TEXT });
    assert.deepEqual(open.getFailuresList(), []);
    assert.equal(plain(open.getInputs()).fqdn, UNKNOWN_TEXT);
  });

  it("tells updates from replacements", async () => {
    const diff = async (olds: object, news: object, ignored: string[] = []) => {
      const response = await plugin.call<providerProto.DiffResponse>("diff", new proto.DiffRequest(), {
        Id: "id",
        Urn: urnOf(HEALTH_CHECK, "x"),
        OldInputs: olds,
        News: news,
        IgnorechangesList: ignored,
      });
      return [response.getChanges(), response.getDiffsList(), response.getReplacesList()];
    };
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    const base = { type: "HTTPS", fqdn: "a.example.com", requestInterval: 10, failureThreshold: 3 };
    assert.deepEqual(await diff(base, base), [DIFF_NONE, [], []]);
    assert.deepEqual(await diff(base, { ...base, failureThreshold: 4 }), [
      DIFF_SOME,
      ["failureThreshold"],
      [],
    ]);
    const interval = { ...base, requestInterval: 30 };
    assert.deepEqual(await diff(base, interval), [DIFF_SOME, ["requestInterval"], ["requestInterval"]]);
    assert.deepEqual(await diff(base, interval, ["requestInterval"]), [DIFF_NONE, [], []]);
    assert.deepEqual(await diff(base, { ...base, fqdn: UNKNOWN_TEXT }), [DIFF_SOME, ["fqdn"], []]);
  });

  it("updates, reads and deletes", async () => {
    const inputs = plain((await check(TOPIC, { name: "alarms" })).getInputs());
    const id = (await create(TOPIC, inputs, false)).getId();
    const updated = await plugin.call<providerProto.UpdateResponse>("update", new proto.UpdateRequest(), {
      Id: id,
      Urn: urnOf(TOPIC, "x"),
      Olds: {},
      News: { ...inputs, displayName: "Alarms" },
    });
    assert.equal(plain(updated.getProperties()).displayName, "Alarms");
    const read = async () => {
      const response = await plugin.call<providerProto.ReadResponse>("read", new proto.ReadRequest(), {
        Id: id,
        Urn: urnOf(TOPIC, "x"),
        Properties: { name: "remembered" },
      });
      return plain(response.getProperties());
    };
    assert.equal((await read()).displayName, "Alarms");
    await plugin.call("delete", new proto.DeleteRequest(), {
      Id: id,
      Urn: urnOf(TOPIC, "x"),
      Properties: plain(updated.getProperties()),
    });
    // Gone from this process; the engine's memory is all that is left to believe.
    assert.deepEqual(await read(), { name: "remembered" });
  });

  it("refuses what AWS refuses, in the words of the core", async () => {
    const properties = { deletionProtectionEnabled: true, region: "us-west-2" };
    await assert.rejects(
      plugin.call("delete", new proto.DeleteRequest(), {
        Id: "profiles",
        Urn: urnOf("aws:dynamodb/table:Table", "profiles"),
        Properties: properties,
      }),
      /deletionProtectionEnabled is on, and AWS refuses to delete it/,
    );
    await assert.rejects(
      check("aws:rds/instance:Instance", {}),
      /is not known to the stand-in; known: \d+ types/,
    );
  });

  it("answers functions, with the provider's region", async () => {
    const invoke = (Tok: string, Args: object) =>
      plugin.call<providerProto.InvokeResponse>("invoke", new proto.InvokeRequest(), { Tok, Args });
    const region = await invoke("aws:index/getRegion:getRegion", {});
    assert.equal(plain(region.getReturn()).region, "us-west-2");
    const zone = await invoke("aws:route53/getZone:getZone", { name: "example.com" });
    assert.match(String(plain(zone.getReturn()).zoneId), /^Z[A-Z0-9]{20}$/);
    await assert.rejects(
      invoke("aws:route53/getZone:getZone", { name: "example.org" }),
      /no matching Route 53 Hosted Zone found for example\.org/,
    );
  });

  it("ends when the engine that started it is gone", async () => {
    const script = `
      const child = require("node:child_process").spawn(${JSON.stringify(EXECUTABLE)}, { stdio: ["ignore", "pipe", "ignore"] });
      child.stdout.once("data", () => console.log(child.pid));
      setInterval(() => undefined, 1000);
    `;
    const engine = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    const pid = Number(await new Promise((resolve) => engine.stdout.once("data", resolve)));
    process.kill(pid, 0);
    engine.kill("SIGKILL");
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
