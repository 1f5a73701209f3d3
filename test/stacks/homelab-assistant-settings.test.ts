import assert from "node:assert/strict";
import fc from "fast-check";
import type { HomelabAssistantSettings } from "../../stacks/settings/homelab-assistant";
import { assistantSettings, BY_ADDRESS, GIVEN, TEXTS } from "./homelab-assistant-stack";
import { messagesOf, refusal } from "./parsed-settings";

const DEFAULTS: HomelabAssistantSettings = {
  system: "homelab-assistant",
  environment: "dev",
  failoverName: "assistant.example.com",
  standbyName: "standby.assistant.example.com",
  zone: { kind: "existing", name: "example.com" },
  standbyRegion: "us-east-1",
  origin: { kind: "host", hostName: "closet.example.com" },
  healthCheck: { type: "HTTPS", requestIntervalSeconds: 30, failureThreshold: 3 },
  recordTtlSeconds: 60,
  standbyHealthCheck: true,
  instanceType: "t4g.nano",
  memory: { replicaRegion: undefined, deletionProtection: true },
  tokenParameter: "/assistant/token",
  caddySha256: "c".repeat(64),
  conversationRetentionDays: 90,
  homelabTools: undefined,
  model: undefined,
  sms: undefined,
  logRetentionDays: 14,
  alerts: { kind: "topic" },
  objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50, stackMonthlyUsd: 15 },
  bound: { kind: "bound", detectionSeconds: 114, propagationSeconds: 30, ttlSeconds: 60, rtoSeconds: 204 },
};

const MODEL = {
  modelUrl: "https://model.example.com/v1/chat",
  modelName: "small-1",
  modelKeyParameterName: "/assistant/model-key",
};
const TOOLS = '[{"name":"lights","host":"100.64.0.10","port":8123}]';

/** What sha256sum prints of /dev/null. */
const EMPTY_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const wrong = (values: Readonly<Record<string, string>>) =>
  messagesOf({ system: "homelab-assistant", ...GIVEN, ...values });

describe("stacks/settings/homelab-assistant", () => {
  it("has a default for everything but the origin and Caddy's digest", () => {
    assert.deepEqual(assistantSettings(), DEFAULTS);
  });

  it("reads every setting", () => {
    const settings = assistantSettings({
      ...BY_ADDRESS,
      ...MODEL,
      ...TEXTS,
      domainName: "helper.home.example.com",
      hostedZoneName: "home.example.com",
      createHostedZone: "true",
      standbyRegion: "us-west-2",
      healthCheckIntervalSeconds: "10",
      healthCheckFailureThreshold: "2",
      recordTtlSeconds: "1",
      standbyHealthCheck: "false",
      instanceType: "t4g.micro",
      memoryReplicaRegion: "us-east-1",
      deletionProtection: "false",
      tokenParameterName: "/helper/token",
      conversationRetentionDays: "3650",
      homelabTools: TOOLS,
      logRetentionDays: "30",
      alertEmail: "me@example.com",
      rtoObjectiveSeconds: "120",
      standbyMonthlyBudgetUsd: "12",
      stackMonthlyBudgetUsd: "none",
    });
    assert.deepEqual(settings, {
      system: "homelab-assistant",
      environment: "dev",
      failoverName: "helper.home.example.com",
      standbyName: "standby.helper.home.example.com",
      zone: { kind: "created", name: "home.example.com" },
      standbyRegion: "us-west-2",
      origin: { kind: "address", ipAddress: "203.0.113.7" },
      healthCheck: { type: "HTTPS", requestIntervalSeconds: 10, failureThreshold: 2 },
      recordTtlSeconds: 1,
      standbyHealthCheck: false,
      instanceType: "t4g.micro",
      memory: { replicaRegion: "us-east-1", deletionProtection: false },
      tokenParameter: "/helper/token",
      caddySha256: "c".repeat(64),
      conversationRetentionDays: 3_650,
      homelabTools: TOOLS,
      model: { url: MODEL.modelUrl, name: "small-1", keyParameter: "/assistant/model-key" },
      sms: { phoneNumberId: TEXTS.smsPhoneNumberId, allowedNumbers: ["+15550100", "+15550101"] },
      logRetentionDays: 30,
      alerts: { kind: "email", address: "me@example.com" },
      objectives: { rtoSeconds: 120, standbyMonthlyUsd: 12, stackMonthlyUsd: undefined },
      bound: { kind: "bound", detectionSeconds: 38, propagationSeconds: 30, ttlSeconds: 1, rtoSeconds: 69 },
    });
  });

  describe("wants exactly one origin", () => {
    it("refuses none", () => {
      assert.deepEqual(wrong({ originHostName: "none" }), [
        refusal(
          "originHostName",
          "none, and originAddress is none too, so there is no primary",
          "one of the two: a host name (both records become CNAMEs), or originAddress (both become A)",
          "closet.example.com",
        ),
      ]);
    });

    it("refuses both", () => {
      assert.deepEqual(wrong({ originAddress: "203.0.113.7" }), [
        refusal(
          "originAddress",
          "203.0.113.7, but originHostName is closet.example.com, and PRIMARY and SECONDARY must share one type",
          "none beside originHostName",
          "none",
        ),
      ]);
    });

    it("takes either alone", () => {
      assert.deepEqual(wrong({}), []);
      assert.deepEqual(wrong(BY_ADDRESS), []);
    });
  });

  /** `[setting, text, got, allowed, lever]`, wrong beside the others' defaults. */
  const WRONG: readonly [string, string, string, string, string][] = [
    [
      "originHostName",
      "assistant.example.com",
      "assistant.example.com, the name that fails over, so the check would follow itself",
      "a name that leads to the closet alone",
      "closet.assistant.example.com",
    ],
    [
      "originHostName",
      "standby.assistant.example.com",
      "standby.assistant.example.com, which is the standby's own name standby.assistant.example.com or below it",
      "a name that leads to the closet alone",
      "closet.assistant.example.com",
    ],
    [
      "originHostName",
      "a.standby.assistant.example.com",
      "a.standby.assistant.example.com, which is the standby's own name standby.assistant.example.com or below it",
      "a name that leads to the closet alone",
      "closet.assistant.example.com",
    ],
    [
      "originHostName",
      "https://closet.example.com",
      "https://closet.example.com",
      "none, or a host name without a scheme",
      "closet.example.com",
    ],
    [
      "originHostName",
      "0aa11bb2.cfargotunnel.com",
      "0aa11bb2.cfargotunnel.com, a tunnel's own name, which serves DNS records of the same Cloudflare account and so none of Route 53",
      "none, or a name that answers for domainName too, such as one of your Cloudflare zone with domainName as its custom hostname",
      "closet.example.com",
    ],
    [
      "domainName",
      "example.com",
      "example.com, the apex of its zone, where DNS has no CNAME, but originHostName needs one",
      "a name below the zone, or originAddress in place of originHostName",
      "assistant.example.com",
    ],
    [
      "memoryReplicaRegion",
      "us-east-1",
      "us-east-1, the region of the table itself",
      "none, or another region than standbyRegion",
      "us-west-2",
    ],
    ["standbyHealthCheck", "yes", "yes", "true or false", "true"],
    ["recordTtlSeconds", "0", "0", "a whole number from 1 to 60", "60"],
    ["recordTtlSeconds", "61", "61", "a whole number from 1 to 60", "60"],
    ["instanceType", "t3.nano", "t3.nano", "t4g.nano, t4g.micro, t4g.small or t4g.medium", "t4g.nano"],
    ["conversationRetentionDays", "0", "0", "a whole number from 1 to 3650", "90"],
    ["conversationRetentionDays", "3651", "3651", "a whole number from 1 to 3650", "90"],
    [
      "tokenParameterName",
      "token",
      "token",
      "the path of an SSM parameter, such as /assistant/token",
      "/assistant/token",
    ],
    [
      "tokenParameterName",
      "/aws/token",
      "/aws/token",
      "a path that does not begin with /aws or /ssm, which AWS keeps to itself",
      "/assistant/token",
    ],
    [
      "caddySha256",
      "none",
      "none",
      "64 hexadecimal digits, the sha256 of a Caddy for Linux on arm64 with the module dns.providers.route53",
      "the digits that sha256sum prints of the Caddy that you built",
    ],
    [
      "caddySha256",
      EMPTY_DIGEST,
      `${EMPTY_DIGEST}, which is the sha256 of an empty file`,
      "64 hexadecimal digits, the sha256 of a Caddy for Linux on arm64 with the module dns.providers.route53",
      "the digits that sha256sum prints of the Caddy that you built",
    ],
    [
      "homelabTools",
      "lights",
      "lights, not valid JSON; allowed: a list of tools",
      "none, or a JSON list of tools with name, host on the tailnet, port and path",
      TOOLS,
    ],
    [
      "smsPhoneNumberId",
      "+15550100",
      "+15550100",
      "none, or the id of a phone number: phone- and 32 hexadecimal digits",
      "what aws pinpoint-sms-voice-v2 describe-phone-numbers shows as PhoneNumberId",
    ],
  ];
  for (const [name, text, got, allowed, lever] of WRONG) {
    it(`refuses ${name} "${text.slice(0, 40)}"`, () => {
      assert.deepEqual(wrong({ [name]: text }), [refusal(name, got, allowed, lever)]);
    });
  }

  it("takes a name at the apex where the origin is an address, since both records are A then", () => {
    assert.deepEqual(wrong({ ...BY_ADDRESS, domainName: "example.com" }), []);
  });

  it("takes public addresses and those of documents, and refuses what the checkers cannot reach", () => {
    const address = (text: string) => wrong({ ...BY_ADDRESS, originAddress: text });
    for (const text of ["8.8.8.8", "203.0.113.7", "172.15.255.255", "172.32.0.0"]) {
      assert.deepEqual(address(text), [], text);
    }
    const unreachable: readonly [string, string][] = [
      ["10.0.0.1", "private (10.0.0.0/8)"],
      ["172.16.0.0", "private (172.16.0.0/12)"],
      ["192.168.1.2", "private (192.168.0.0/16)"],
      ["100.64.0.1", "shared by carriers (100.64.0.0/10)"],
      ["127.0.0.1", "loopback (127.0.0.0/8)"],
    ];
    for (const [text, what] of unreachable) {
      assert.deepEqual(address(text), [
        refusal(
          "originAddress",
          `${text}, which is ${what} and unreachable for Route 53`,
          "none, or a public IPv4 address",
          "203.0.113.7",
        ),
      ]);
    }
    for (const text of ["2001:db8::1", "256.1.1.1", "1.2.3", "closet.example.com"]) {
      assert.deepEqual(address(text), [
        refusal("originAddress", text, "none, or a public IPv4 address", "203.0.113.7"),
      ]);
    }
  });

  it("takes all settings of the model or none", () => {
    assert.deepEqual(wrong(MODEL), []);
    assert.deepEqual(wrong({ modelUrl: MODEL.modelUrl }), [
      refusal(
        "modelName",
        "none, but modelUrl is set",
        "a value beside modelUrl, or none for all of them",
        "small-1",
      ),
      refusal(
        "modelKeyParameterName",
        "none, but modelUrl is set",
        "a value beside modelUrl, or none for all of them",
        "/assistant/model-key",
      ),
    ]);
    assert.deepEqual(wrong({ ...MODEL, modelName: "none" }), [
      refusal(
        "modelName",
        "none, but modelUrl and modelKeyParameterName are set",
        "a value beside modelUrl and modelKeyParameterName, or none for all of them",
        "small-1",
      ),
    ]);
  });

  it("takes both settings of text messages or none", () => {
    assert.deepEqual(wrong(TEXTS), []);
    assert.deepEqual(wrong({ smsPhoneNumberId: TEXTS.smsPhoneNumberId }), [
      refusal(
        "smsAllowedNumbers",
        "none, but smsPhoneNumberId is set",
        "a value beside smsPhoneNumberId, or none for all of them",
        "+15550100",
      ),
    ]);
  });

  it("takes 20 numbers and refuses 21", () => {
    const numbers = (count: number) =>
      Array.from({ length: count }, (_, index) => `+155501${10 + index}`).join(",");
    assert.deepEqual(wrong({ ...TEXTS, smsAllowedNumbers: numbers(20) }), []);
    assert.equal(wrong({ ...TEXTS, smsAllowedNumbers: numbers(21) }).length, 1);
  });

  it("holds the bound against the objective, just below and at it", () => {
    assert.deepEqual(wrong({ rtoObjectiveSeconds: "205" }), []);
    assert.deepEqual(wrong({ rtoObjectiveSeconds: "204" }), [
      refusal(
        "rtoObjectiveSeconds",
        "204, but the bound is 204 s (detection 114 + propagation 30 + TTL 60)",
        "more than 204",
        "205, or healthCheckFailureThreshold to 2 (bound 168 s), or healthCheckIntervalSeconds to 10 (bound 144 s)",
      ),
    ]);
  });

  it("takes a name that only looks like a tunnel's", () => {
    assert.deepEqual(wrong({ originHostName: "xcfargotunnel.com" }), []);
    assert.deepEqual(wrong({ originHostName: "cfargotunnel.com.example.com" }), []);
    assert.equal(wrong({ originHostName: "cfargotunnel.com" }).length, 1);
  });

  it("never accepts two origins or none, whatever they are", () => {
    const host = fc.constantFrom("none", "closet.example.com", "tunnel.example.com", "x");
    const address = fc.constantFrom("none", "203.0.113.7", "10.0.0.1");
    fc.assert(
      fc.property(host, address, (originHostName, originAddress) => {
        const given = [originHostName, originAddress].filter((text) => text !== "none").length;
        if (given !== 1) assert.notDeepEqual(wrong({ originHostName, originAddress }), []);
      }),
    );
  });
});
