import assert from "node:assert/strict";
import { ENDPOINT_CHECK_TYPES } from "../../../../model/health-check";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { healthCheckEndpoint } from "../../../../policy/rules/health-check-endpoint/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { resource } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { ABSURD_VALUES } from "../absurd-values";
import { judged } from "../judged";
import { CHECK, check, checkUrn, record } from "../records";

const HTTPS = 'HTTPS health check "check"';
const STR_MATCH = { type: "HTTPS_STR_MATCH", searchString: "ok", enableSni: true };

/** Verdict, path and message of every judgement on one check. */
function judgements(properties: Properties, settings = {}, others: Parameters<typeof judged>[1] = []) {
  return judged(healthCheckEndpoint, [check(properties), ...others], settings, "preview").map(
    ({ verdict, path, message, advisory }) => ({ verdict, path, message, ...(advisory && { advisory }) }),
  );
}

function verdicts(properties: Properties, settings = {}): string[] {
  return judgements(properties, settings).map(({ verdict, path }) => `${verdict} ${path}`);
}

describe("policy/rules/health-check-endpoint", () => {
  it("passes an endpoint with a public name, and one with a public address", () => {
    assert.deepEqual(judged(healthCheckEndpoint, [check()]), [
      {
        verdict: "pass",
        urn: checkUrn,
        path: "fqdn",
        message: `${HTTPS} probes origin.example.com every 30 s`,
      },
    ]);
    assert.deepEqual(judgements({ ipAddress: "52.0.0.1", fqdn: "app.internal" }), [
      { verdict: "pass", path: "ipAddress", message: `${HTTPS} probes 52.0.0.1 every 30 s` },
    ]);
  });

  it("refuses a private address, and says what else there is", () => {
    assert.deepEqual(judgements({ ipAddress: "10.0.0.5" }), [
      {
        verdict: "fail",
        path: "ipAddress",
        message:
          `${HTTPS} probes 10.0.0.5, an address that is private (10.0.0.0/8), which Route 53 does not check; allowed: a public address; ` +
          "set ipAddress to the endpoint's public address (an Elastic IP where it is an instance), or watch a private endpoint by a CLOUDWATCH_METRIC check",
      },
    ]);
    assert.match(
      judgements({ ipAddress: "ff02::1" })[0]?.message ?? "",
      /an address of a special range \(multicast\) \(ff00::\/8\)/,
    );
    assert.deepEqual(judgements({ ipAddress: "localhost" }), [
      {
        verdict: "fail",
        path: "ipAddress",
        message: `${HTTPS} has ipAddress "localhost"; allowed: an IPv4 or IPv6 address; a name goes into fqdn`,
      },
    ]);
  });

  it("only advises against an address for documentation, unless the settings refuse it", () => {
    const [pass, advice, ...rest] = judgements({ ipAddress: "192.0.2.44" });
    assert.deepEqual(rest, []);
    assert.equal(pass?.verdict, "pass");
    assert.deepEqual([advice?.verdict, advice?.path, advice?.advisory], ["fail", "ipAddress", true]);
    const refused = judgements({ ipAddress: "192.0.2.44" }, { refuseDocumentationAddresses: true });
    assert.deepEqual(refused, [{ verdict: "fail", path: "ipAddress", message: advice?.message }]);
  });

  it("takes an Elastic IP of the stack for public whatever its block, and no other address", () => {
    const instance = resource("aws:ec2/instance:Instance", "server");
    const given = (publicIp: string) => [
      instance,
      resource("aws:ec2/eip:Eip", "address", { publicIp, instance: instance.id ?? null }),
    ];
    const strict = { refuseDocumentationAddresses: true };
    const found = (publicIp: string) =>
      judgements({ ipAddress: "192.0.2.44" }, strict, given(publicIp)).map(({ verdict }) => verdict);
    assert.deepEqual(found("192.0.2.44"), ["pass"]);
    assert.deepEqual(found("192.0.2.45"), ["fail"]);
  });

  it("refuses a check without anything to probe", () => {
    assert.deepEqual(judgements({ fqdn: undefined }), [
      {
        verdict: "fail",
        path: "fqdn",
        message: `${HTTPS} has neither fqdn nor ipAddress, so there is nothing to probe; allowed: at least one of them; set fqdn to the endpoint's own host name`,
      },
    ]);
    assert.deepEqual(verdicts({ fqdn: "", ipAddress: "" }), ["fail fqdn"]);
    assert.deepEqual(verdicts({ fqdn: 7, ipAddress: ["10.0.0.1"] }), ["fail fqdn"]);
  });

  it("refuses a name that public DNS can never know", () => {
    assert.deepEqual(judgements({ fqdn: "nas.lan" }), [
      {
        verdict: "fail",
        path: "fqdn",
        message: `${HTTPS} probes nas.lan, which ends in .lan, which public DNS does not know; allowed: a name that public DNS resolves to an IPv4 address; set fqdn to the endpoint's public host name`,
      },
    ]);
    assert.deepEqual(verdicts({ fqdn: "ip-10-0-0-5.ec2.internal." }), ["fail fqdn"]);
  });

  it("refuses a name that the stack's own records lead to private addresses only", () => {
    const to = (...records: string[]) => record("origin", { name: "origin.example.com", records });
    const found = (...records: string[]) => judgements({}, {}, [to(...records)]);
    assert.deepEqual(found("192.168.1.9"), [
      {
        verdict: "fail",
        path: "fqdn",
        message: `${HTTPS} probes origin.example.com, which this stack resolves to 192.168.1.9, an address that is private (192.168.0.0/16); allowed: a name with a public address; point its A record at one, or set fqdn to another name`,
      },
    ]);
    assert.deepEqual(
      [found("192.168.1.9", "52.0.0.1"), found("192.0.2.1"), found()].flat().map(({ verdict }) => verdict),
      ["pass", "pass", "pass"],
    );
    const cname = record("cname", { name: "origin.example.com", type: "CNAME", records: UNKNOWN });
    assert.equal(judgements({}, {}, [to("10.0.0.1"), cname])[0]?.verdict, "pass");
  });

  it("refuses a string match over HTTPS without SNI, which is the provider's default there", () => {
    const what = (got: string) =>
      `HTTPS_STR_MATCH health check "check" ${got}; an endpoint that chooses its certificate by host name then fails every handshake; allowed: true; set enableSni to true (changes in place and costs nothing)`;
    assert.deepEqual(judgements({ ...STR_MATCH, enableSni: false }), [
      { verdict: "fail", path: "enableSni", message: what("has enableSni false") },
    ]);
    assert.deepEqual(judgements({ ...STR_MATCH, enableSni: undefined }), [
      {
        verdict: "fail",
        path: "enableSni",
        message: what("has no enableSni, which the provider takes for false on this type"),
      },
    ]);
    assert.deepEqual(verdicts(STR_MATCH), ["pass fqdn"]);
    assert.deepEqual(verdicts({ ...STR_MATCH, enableSni: false }, { requireSni: false }), ["pass fqdn"]);
    assert.deepEqual(verdicts({ ...STR_MATCH, enableSni: false, fqdn: undefined, ipAddress: "52.0.0.1" }), [
      "pass ipAddress",
    ]);
  });

  for (const [name, service] of [
    ["d-1.execute-api.us-east-1.amazonaws.com", "API Gateway"],
    ["d111.cloudfront.net", "CloudFront"],
    ["abc.lambda-url.us-east-1.on.aws", "a Lambda function URL"],
  ] as const) {
    it(`refuses any HTTPS check without SNI in front of ${service}`, () => {
      assert.deepEqual(judgements({ fqdn: name, enableSni: false }, { requireSni: false }), [
        {
          verdict: "fail",
          path: "enableSni",
          message: `${HTTPS} has enableSni false, and ${service} answers no TLS handshake without the host name, so the check never turns healthy; allowed: true; set enableSni to true (changes in place and costs nothing)`,
        },
      ]);
      assert.deepEqual(verdicts({ fqdn: name }), ["pass fqdn"]);
    });
  }

  it("knows the stack's own API behind a name, and leaves a deliberate choice elsewhere", () => {
    const stack = profileApiStack();
    const own = check({ fqdn: "us-east-1.profiles.example.com", enableSni: false });
    assert.deepEqual(
      judged(healthCheckEndpoint, [...stack.filter(({ type }) => type !== CHECK), own]).map(
        ({ verdict, path }) => `${verdict} ${path}`,
      ),
      ["fail enableSni"],
    );
    assert.deepEqual(verdicts({ enableSni: false }), ["pass fqdn"]);
  });

  for (const [path, good, bad] of [
    ["requestInterval", [10, 30, "10", undefined], [9, 11, 20, 29, 31, 0, "often"]],
    ["failureThreshold", [1, 10, undefined], [0, 11, 2.5, -1, []]],
    ["port", [1, 443, 65_535, undefined], [0, 65_536, 80.5, "https"]],
    ["resourcePath", ["/healthz?a=b", `/${"a".repeat(254)}`, "", undefined], [`/${"a".repeat(255)}`, "/a b"]],
    [
      "regions",
      [["us-east-1", "us-west-1", "us-west-2"], [], undefined, "us-east-1"],
      [
        ["us-east-1", "us-west-2"],
        ["us-east-1", "us-east-1", "us-west-2"],
        ["us-east-1", "us-west-2", "eu-west-3"],
      ],
    ],
  ] as [string, PropertyValue[], PropertyValue[]][]) {
    it(`knows the limits of ${path} on both sides`, () => {
      for (const value of good) assert.deepEqual(verdicts({ [path]: value }), ["pass fqdn"], String(value));
      for (const value of bad) assert.deepEqual(verdicts({ [path]: value }), [`fail ${path}`], String(value));
    });
  }

  it("knows the limits of a search string, on the types that have one", () => {
    for (const searchString of ["o", "o".repeat(255)]) {
      assert.deepEqual(verdicts({ ...STR_MATCH, searchString }), ["pass fqdn"]);
    }
    for (const searchString of ["", undefined, "o".repeat(256), 7]) {
      assert.deepEqual(verdicts({ ...STR_MATCH, searchString }), ["fail searchString"]);
      assert.deepEqual(verdicts({ type: "HTTP_STR_MATCH", searchString }), ["fail searchString"]);
      assert.deepEqual(verdicts({ searchString }), ["pass fqdn"]);
    }
  });

  it("says the price where the lever has one", () => {
    assert.deepEqual(
      judgements({ requestInterval: 20 }).map(({ message }) => message),
      [
        `${HTTPS} has a requestInterval of 20 s; allowed: 10 or 30; set it to 30, or to 10 ($1.00 a month more for an endpoint in AWS, $2.00 a month for another); either replaces the check`,
      ],
    );
    assert.deepEqual(
      judgements({ ...STR_MATCH, searchString: undefined }).map(({ message }) => message),
      [
        'HTTPS_STR_MATCH health check "check" has no searchString, which its type is for; allowed: 1 to 255 characters; set searchString to a word of the healthy answer, or the type to HTTPS ($1.00 a month less for an endpoint in AWS, $2.00 a month for another; replaces the check)',
      ],
    );
  });

  it("says what the other limits are", () => {
    const message = (properties: Properties) => judgements(properties).map((each) => each.message);
    assert.deepEqual(
      [
        { failureThreshold: 11 },
        { port: 70_000 },
        { type: "TCP", port: undefined },
        { resourcePath: "/a b" },
        { resourcePath: "a".repeat(256) },
        { regions: ["us-east-1"] },
        { regions: ["eu-west-3", "us-east-1", "us-west-2"] },
      ].flatMap(message),
      [
        `${HTTPS} has a failureThreshold of 11; allowed: a whole number from 1 to 10; set it to 3 (changes in place and costs nothing)`,
        `${HTTPS} has port 70000; allowed: a whole number from 1 to 65535; set port to the one that the endpoint listens on`,
        'TCP health check "check" has no port, and TCP has no usual one; allowed: 1 to 65535; set port to the one that the endpoint listens on',
        `${HTTPS} has resourcePath "/a b", and a space ends the path of a request; allowed: no spaces; write %20 for each`,
        `${HTTPS} has a resourcePath of 256 characters; allowed: 255 or fewer; shorten it`,
        `${HTTPS} has checkers in 1 region (us-east-1); allowed: 3 or more; leave regions out for all eight (no price, more probes)`,
        `${HTTPS} names eu-west-3 among its regions, where no checkers are; allowed: us-east-1, us-west-1, us-west-2, eu-west-1, ap-southeast-1, ap-southeast-2, ap-northeast-1, sa-east-1; leave regions out for all eight`,
      ],
    );
  });

  it("refuses a TCP check with both an address and a name", () => {
    assert.deepEqual(verdicts({ type: "TCP", port: 22, ipAddress: "52.0.0.1" }), ["fail fqdn"]);
    assert.deepEqual(verdicts({ type: "TCP", port: 22, ipAddress: "52.0.0.1", fqdn: undefined }), [
      "pass ipAddress",
    ]);
    assert.deepEqual(verdicts({ type: "TCP", port: 22 }), ["pass fqdn"]);
  });

  it("names every fault of one check", () => {
    assert.deepEqual(
      verdicts({
        ...STR_MATCH,
        enableSni: false,
        fqdn: "nas.local",
        requestInterval: 20,
        failureThreshold: 0,
      }),
      ["fail fqdn", "fail enableSni", "fail requestInterval", "fail failureThreshold"],
    );
  });

  for (const [path, properties] of [
    ["type", { type: UNKNOWN }],
    ["fqdn", { fqdn: UNKNOWN }],
    ["ipAddress", { ipAddress: UNKNOWN }],
    ["enableSni", { enableSni: UNKNOWN }],
    ["requestInterval", { requestInterval: UNKNOWN }],
    ["failureThreshold", { failureThreshold: UNKNOWN }],
    ["port", { port: UNKNOWN }],
    ["resourcePath", { resourcePath: UNKNOWN }],
    ["regions", { regions: ["us-east-1", "us-west-2", UNKNOWN] }],
    ["searchString", { ...STR_MATCH, searchString: UNKNOWN }],
  ] as [string, Properties][]) {
    it(`does not know an unknown ${path}, and says when it will`, () => {
      const of =
        path === "type" ? `check (${CHECK})` : `${String(properties.type ?? "HTTPS")} health check "check"`;
      const found = (phase: "preview" | "settled") =>
        judged(healthCheckEndpoint, [check(properties)], {}, phase).map(({ verdict, message }) => [
          verdict,
          message,
        ]);
      assert.deepEqual(found("preview"), [
        ["unknown", `unknown: ${path} of ${of}; known after the update; judged again at \`pulumi up\``],
      ]);
      assert.deepEqual(found("settled"), [
        [
          "unknown",
          `unknown: ${path} of ${of}; nothing here will tell it, so it is refused; give the value in plain text, or judge at \`pulumi up\``,
        ],
      ]);
    });
  }

  it("takes what the program left to the provider for left out, before the check exists", () => {
    const unborn = (properties: Properties): StackResource => ({
      ...check({ failureThreshold: UNKNOWN, ...properties }),
      id: UNKNOWN,
      propertyDependencies: { type: [], fqdn: [] },
    });
    const found = (properties: Properties) =>
      judged(healthCheckEndpoint, [unborn(properties)], {}, "preview").map(
        ({ verdict, path }) => `${verdict} ${path}`,
      );
    assert.deepEqual(found({ enableSni: UNKNOWN }), ["pass fqdn"]);
    assert.deepEqual(found({ ...STR_MATCH, enableSni: UNKNOWN }), ["fail enableSni"]);
  });

  it("knows a name that the program gave for unknown, before the check exists", () => {
    const unborn = { ...check({ fqdn: UNKNOWN, port: UNKNOWN }), id: UNKNOWN } as const;
    const found = (one: StackResource) =>
      judged(healthCheckEndpoint, [one], {}, "preview").map(({ verdict, path }) => `${verdict} ${path}`);
    const given = ["unknown fqdn"];
    assert.deepEqual(found({ ...unborn, givenUnknown: ["fqdn"] }), given);
    assert.deepEqual(found({ ...unborn, propertyDependencies: { type: [], fqdn: [] } }), given);
    assert.deepEqual(found(unborn), ["unknown fqdn", "unknown port"]);
    assert.deepEqual(found({ ...unborn, givenUnknown: [] }), ["unknown fqdn"]);
  });

  it("does not apply to checks that probe nothing", () => {
    const others = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"].map((type) =>
      resource(CHECK, type, { type }),
    );
    assert.deepEqual(judged(healthCheckEndpoint, others), [
      {
        verdict: "notApplicable",
        urn: "",
        path: "",
        message: "the stack has no health check that probes an endpoint",
      },
    ]);
  });

  it("refuses a type that is none", () => {
    const allowed = [...ENDPOINT_CHECK_TYPES, "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"].join(
      ", ",
    );
    assert.deepEqual(
      [{ type: "PING" }, { type: undefined }, { type: 7 }].flatMap((each) =>
        judgements(each).map(({ message }) => message),
      ),
      [
        `check (${CHECK}) has type "PING"; allowed: ${allowed}; set type to HTTPS`,
        `check (${CHECK}) has no type; allowed: ${allowed}; set type to HTTPS`,
        `check (${CHECK}) has no type; allowed: ${allowed}; set type to HTTPS`,
      ],
    );
  });

  it("passes the profile API before and after it exists", () => {
    for (const preview of [true, false]) {
      assert.deepEqual(
        judged(healthCheckEndpoint, profileApiStack({ preview }), {}, preview ? "preview" : "settled").map(
          ({ verdict }) => verdict,
        ),
        ["pass"],
      );
    }
  });

  it("tells its two fixtures apart", () => {
    const found = (name: "good" | "bad") =>
      judged(healthCheckEndpoint, fixtureResources("health-check-endpoint", name)).map(
        ({ verdict, path }) => `${verdict} ${path}`,
      );
    assert.deepEqual([found("good"), found("bad")], [["pass fqdn"], ["fail enableSni"]]);
  });

  it("stands any value in any place", () => {
    const places = [
      "type",
      "fqdn",
      "ipAddress",
      "port",
      "resourcePath",
      "searchString",
      "enableSni",
      "regions",
    ];
    for (const place of [...places, "requestInterval", "failureThreshold"]) {
      for (const value of ABSURD_VALUES) {
        const found = judgements({ ...STR_MATCH, [place]: value });
        assert.ok(found.length > 0);
        assert.deepEqual(
          found.filter(({ message }) => /NaN|undefined|\[object|rule itself failed/.test(message)),
          [],
          `${place} ${String(value)}`,
        );
      }
    }
  });
});
