import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { aliasTarget } from "../../../../policy/rules/alias-target/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { resource, urn } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { ABSURD_VALUES } from "../absurd-values";
import { judged } from "../judged";
import { NAME, primary, record, recordUrn, secondary } from "../records";
import {
  BALANCER,
  BUCKET,
  CDN,
  CDN_ZONE,
  DOMAIN,
  distribution,
  from,
  judgements,
  S3_WEST,
  S3_WEST_ZONE,
  standby,
  TITLE,
  to,
  verdicts,
  WEBSITE,
  website,
  west,
} from "./aliases";

describe("policy/rules/alias-target", () => {
  it("passes an alias to the website of the bucket that is named as the record", () => {
    const site = website("site", NAME);
    const pass = {
      verdict: "pass",
      urn: recordUrn("www"),
      path: "aliases[0].name",
      message: `${TITLE} points at ${S3_WEST}`,
    };
    const www = record("www", to(S3_WEST, S3_WEST_ZONE));
    assert.deepEqual(judged(aliasTarget, [standby, site, www]), [pass]);
    assert.deepEqual(judged(aliasTarget, [standby, site, from(www, site)]), [pass]);
    // A bucket of another stack is not seen, and nothing speaks against it.
    assert.deepEqual(judged(aliasTarget, [www]), [pass]);
  });

  it("refuses a bucket with another name, by dependency, by the alias's own text and by being the only one", () => {
    const message =
      `${TITLE} points at the website of bucket other.example.com; S3 looks for a bucket with the name that the visitor asked for and answers 404; ` +
      `allowed: bucket ${NAME}; set the bucket's name to ${NAME} (replaces the bucket; an empty one costs nothing), or put CloudFront before it`;
    const fails = [{ verdict: "fail", path: "aliases[0].name", message }];
    const site = website("site", "other.example.com");
    const www = record("www", to(S3_WEST, S3_WEST_ZONE));
    assert.deepEqual(judgements([standby, site, from(www, site)]), fails);
    assert.deepEqual(judgements([standby, site, www]), fails);
    assert.deepEqual(judgements([record("www", to(`other.example.com.${S3_WEST}`, S3_WEST_ZONE))]), fails);
  });

  it("passes an alias whose bucket exists, though the region's endpoint was read off another one", () => {
    const [site, second] = [website("site", NAME), website("second", "other.example.com")];
    const www = record("www", to(S3_WEST, S3_WEST_ZONE));
    assert.deepEqual(verdicts(standby, site, second, from(www, second)), ["pass aliases[0].name"]);
    assert.deepEqual(verdicts(standby, site, second, from(www, site, second)), ["pass aliases[0].name"]);
    // In another region the bucket of the right name is no help.
    const east = resource(WEBSITE, "east", { bucket: NAME });
    assert.deepEqual(verdicts(standby, east, second, from(www, second)), ["fail aliases[0].name"]);
  });

  it("leaves alone the websites that are other records' or in other regions", () => {
    const www = record("www", to(S3_WEST, S3_WEST_ZONE));
    const others = website("others", "other.example.com");
    const other = record("other", { name: "other.example.com", ...to(S3_WEST, S3_WEST_ZONE) });
    assert.deepEqual(verdicts(standby, others, www, other), ["pass aliases[0].name", "pass aliases[0].name"]);
    assert.deepEqual(verdicts(standby, others, website("site", NAME), www), ["pass aliases[0].name"]);
    const east = {
      ...others,
      provider: undefined,
      properties: { ...others.properties, region: "us-east-1" },
    };
    assert.deepEqual(verdicts(standby, east, www), ["pass aliases[0].name"]);
  });

  it("follows a website to its bucket before either exists", () => {
    const bucket = (name: string) =>
      resource(BUCKET, "bucket", { bucket: name }, { id: UNKNOWN, provider: west });
    const site = website("site", UNKNOWN, { bucket: [urn(BUCKET, "bucket")] });
    const www = from(record("www", to(UNKNOWN, S3_WEST_ZONE)), site);
    assert.deepEqual(verdicts(standby, bucket(NAME), site, www), ["pass aliases[0].name"]);
    assert.deepEqual(verdicts(standby, bucket("site-1a2b3c"), site, www), ["fail aliases[0].name"]);
    assert.deepEqual(verdicts(standby, site, www), ["unknown aliases[0].name"]);
    // The bucket itself may be what the name was computed from.
    assert.deepEqual(verdicts(standby, bucket(NAME), from(www, bucket(NAME))), ["pass aliases[0].name"]);
  });

  it("advises against the bucket in the alias's name, even the right one", () => {
    assert.deepEqual(verdicts(record("www", to(`${NAME}.${S3_WEST}`, S3_WEST_ZONE))), [
      "pass aliases[0].name",
      "advice aliases[0].name",
    ]);
  });

  it("refuses the zone of another region or of nothing, and tells whose it is", () => {
    const message = (zoneId: string, whose: string) =>
      `${TITLE} has zoneId ${zoneId} for an S3 website in us-west-2${whose}; Route 53 refuses it; allowed: ${S3_WEST_ZONE}; set it to the hostedZoneId of the bucket (no price)`;
    assert.deepEqual(
      ["Z3AQBSTGFYJSTF", "Z1"].flatMap((zoneId) => judgements([record("www", to(S3_WEST, zoneId))])),
      [
        {
          verdict: "fail",
          path: "aliases[0].zoneId",
          message: message("Z3AQBSTGFYJSTF", ", which is that of us-east-1"),
        },
        { verdict: "fail", path: "aliases[0].zoneId", message: message("Z1", "") },
      ],
    );
  });

  it("takes either id where the sources disagree, and only advises on a region without one", () => {
    const south = "s3-website.eu-south-1.amazonaws.com";
    for (const zoneId of ["Z30OZKI7KPW7MI", "Z3IXVV8C73GIO3"]) {
      assert.deepEqual(verdicts(record("www", to(south, zoneId))), ["pass aliases[0].name"]);
    }
    assert.deepEqual(verdicts(record("www", to(south, "Z1"))), ["fail aliases[0].zoneId"]);
    assert.deepEqual(verdicts(record("www", to("s3-website.xx-south-9.amazonaws.com", "Z1"))), [
      "pass aliases[0].name",
      "advice aliases[0].zoneId",
    ]);
  });

  it("refuses an AAAA record of an S3 website, which has no IPv6 address", () => {
    assert.deepEqual(judgements([record("www", { type: "AAAA", ...to(S3_WEST, S3_WEST_ZONE) })]), [
      {
        verdict: "fail",
        path: "type",
        message: `AAAA record of ${NAME} points at an S3 website, which has no IPv6 address; allowed: A; remove the AAAA record, or put CloudFront before the bucket (no idle price)`,
      },
    ]);
    assert.deepEqual(verdicts(record("www", { type: "CNAME", ...to(S3_WEST, S3_WEST_ZONE) })), ["fail type"]);
  });

  it("refuses the wrong zone and target health on CloudFront", () => {
    assert.deepEqual(verdicts(record("www", to(CDN, CDN_ZONE))), ["pass aliases[0].name"]);
    assert.deepEqual(judgements([record("www", to(CDN, "Z1", true))]), [
      {
        verdict: "fail",
        path: "aliases[0].zoneId",
        message: `${TITLE} has zoneId Z1 for a CloudFront distribution; Route 53 refuses it; allowed: ${CDN_ZONE}; set it to the hostedZoneId of the distribution (no price)`,
      },
      {
        verdict: "fail",
        path: "aliases[0].evaluateTargetHealth",
        message: `${TITLE} has evaluateTargetHealth true on a CloudFront distribution, which Route 53 refuses; allowed: false; set it to false and give the record a health check`,
      },
    ]);
  });

  it("refuses a distribution that lacks the record's name", () => {
    const www = record("www", to(CDN, CDN_ZONE));
    for (const aliases of [[NAME], ["x.example.org", "APP.example.com"], ["*.example.com"]]) {
      assert.deepEqual(verdicts(distribution({ aliases }), www), ["pass aliases[0].name"], String(aliases));
    }
    for (const aliases of [["example.com"], ["*.app.example.com"], ["*.com"], [], undefined]) {
      assert.deepEqual(verdicts(distribution({ aliases }), www), ["fail aliases[0].name"], String(aliases));
    }
    assert.deepEqual(
      judgements([distribution({ aliases: [] }), www]).map(({ message }) => message),
      [
        `${TITLE} points at distribution cdn, which answers for no name of its own and refuses any other; allowed: a distribution with ${NAME} among its aliases; add it (costs nothing; its certificate must hold the name too)`,
      ],
    );
  });

  it("leaves a name that is being moved, where the settings say so", () => {
    const stack = [distribution({ aliases: [] }), record("www", to(CDN, CDN_ZONE))];
    const found = (requireAlternateName: boolean) =>
      judged(aliasTarget, stack, { requireAlternateName }).map(({ verdict }) => verdict);
    assert.deepEqual([found(true), found(false)], [["fail"], ["pass"]]);
  });

  it("refuses an AAAA record of anything that says it has no IPv6 address", () => {
    const aaaa = (name: string, zoneId = "Z9") => record("www", { type: "AAAA", ...to(name, zoneId) });
    assert.deepEqual(verdicts(distribution(), aaaa(CDN, CDN_ZONE)), ["pass aliases[0].name"]);
    assert.deepEqual(verdicts(distribution({ isIpv6Enabled: false }), aaaa(CDN, CDN_ZONE)), ["fail type"]);
    assert.deepEqual(verdicts(distribution({ isIpv6Enabled: undefined }), aaaa(CDN, CDN_ZONE)), [
      "fail type",
    ]);
    const balancer = (ipAddressType: PropertyValue) =>
      resource(BALANCER, "web", { dnsName: "Web-1.us-east-1.elb.amazonaws.com", ipAddressType });
    const web = aaaa("dualstack.web-1.us-east-1.elb.amazonaws.com");
    assert.deepEqual(verdicts(balancer("dualstack"), web), ["pass aliases[0].name"]);
    assert.deepEqual(verdicts(balancer(undefined), web), ["pass aliases[0].name"]);
    assert.deepEqual(judgements([balancer("ipv4"), web]), [
      {
        verdict: "fail",
        path: "type",
        message: `AAAA record of ${NAME} points at web (${BALANCER}), which has no IPv6 address; allowed: a target with IPv6; set its ipAddressType to dualstack (IPv6 addresses cost nothing), or remove the AAAA record`,
      },
    ]);
    const target = "d-1.execute-api.us-east-1.amazonaws.com";
    const domain = (ipAddressType: string) =>
      resource(DOMAIN, "api", { domainNameConfiguration: { targetDomainName: target, ipAddressType } });
    assert.deepEqual(verdicts(domain("dualstack"), aaaa(target)), ["pass aliases[0].name"]);
    assert.deepEqual(verdicts(domain("ipv4"), aaaa(target)), ["fail type"]);
    assert.deepEqual(verdicts(domain("ipv4"), record("www", to(target, "Z9"))), ["pass aliases[0].name"]);
  });

  it("refuses CloudFront on both sides of a pair, whether one distribution or two", () => {
    const cdn = (name: string) => to(name, CDN_ZONE);
    for (const other of [CDN, "d222.cloudfront.net"]) {
      assert.deepEqual(judged(aliasTarget, [primary(cdn(CDN)), secondary(cdn(other))]), [
        {
          verdict: "pass",
          urn: recordUrn("primary"),
          path: "aliases[0].name",
          message: `PRIMARY ${TITLE} points at ${CDN}`,
        },
        {
          verdict: "fail",
          urn: recordUrn("secondary"),
          path: "aliases[0].name",
          message: `SECONDARY ${TITLE} points at CloudFront as its PRIMARY does, and one distribution only can answer for the name; allowed: CloudFront on one side; point the SECONDARY at an S3 website or another service, or let an origin group of the distribution fail over (no idle price)`,
        },
      ]);
    }
    assert.deepEqual(verdicts(primary(cdn(CDN)), secondary(to(S3_WEST, S3_WEST_ZONE))), [
      "pass aliases[0].name",
      "pass aliases[0].name",
    ]);
    assert.deepEqual(verdicts(primary(), secondary(cdn(CDN))), ["pass aliases[0].name"]);
    assert.deepEqual(verdicts(primary(to(S3_WEST, S3_WEST_ZONE)), secondary(cdn(CDN))), [
      "pass aliases[0].name",
      "pass aliases[0].name",
    ]);
    const before = distribution({ domainName: UNKNOWN });
    assert.deepEqual(
      verdicts(before, from(primary(cdn(CDN)), before), from(secondary(to(UNKNOWN, CDN_ZONE)), before)),
      ["pass aliases[0].name", "fail aliases[0].name"],
    );
  });

  it("refuses an alias to a record of the zone with another type or another zone's id", () => {
    const other = (type: PropertyValue) => record("pool", { name: "pool.example.com", type });
    const www = record("www", to("pool.example.com", "Z1"));
    assert.deepEqual(verdicts(other("A"), www), ["pass aliases[0].name"]);
    assert.deepEqual(verdicts(other("CNAME"), other("A"), www), ["pass aliases[0].name"]);
    assert.deepEqual(judgements([other("CNAME"), www]), [
      {
        verdict: "fail",
        path: "type",
        message: `${TITLE} points at pool.example.com, which has only CNAME records in this stack; Route 53 refuses an alias to another type; allowed: CNAME; set type to CNAME, or give pool.example.com a record of type A (no price)`,
      },
    ]);
    assert.deepEqual(judgements([other("A"), record("www", to("pool.example.com", "Z2"))]), [
      {
        verdict: "fail",
        path: "aliases[0].zoneId",
        message: `${TITLE} has zoneId Z2 for pool.example.com, a record of its own zone; an alias cannot lead into another zone; allowed: Z1; set it to the zoneId of the record (no price)`,
      },
    ]);
    assert.deepEqual(verdicts(other(UNKNOWN), www), ["unknown type"]);
    // A name of another zone, and one that this stack has no record of, are not this rule's to know.
    assert.deepEqual(
      verdicts({ ...other("CNAME"), properties: { ...other("CNAME").properties, zoneId: "Z7" } }, www),
      ["pass aliases[0].name"],
    );
    assert.deepEqual(verdicts(www), ["pass aliases[0].name"]);
  });

  for (const [path, alias, others] of [
    ["aliases[0].name", record("www", to(UNKNOWN, "Z1")), []],
    ["aliases[0].name", record("www", { records: undefined, aliases: UNKNOWN }), []],
    ["aliases[0].zoneId", record("www", to(S3_WEST, UNKNOWN)), []],
    ["aliases[0].zoneId", record("www", to(CDN, UNKNOWN)), []],
    ["aliases[0].evaluateTargetHealth", record("www", to(CDN, CDN_ZONE, UNKNOWN)), []],
    ["type", record("www", { type: UNKNOWN, ...to(S3_WEST, S3_WEST_ZONE) }), []],
    ["name", record("www", { name: UNKNOWN, ...to(S3_WEST, S3_WEST_ZONE) }), []],
    ["aliases", record("www", to(CDN, CDN_ZONE)), [distribution({ aliases: UNKNOWN })]],
    [
      "isIpv6Enabled",
      record("www", { type: "AAAA", ...to(CDN, CDN_ZONE) }),
      [distribution({ isIpv6Enabled: UNKNOWN })],
    ],
  ] as [string, StackResource, StackResource[]][]) {
    it(`does not know an unknown ${path}, and says when it will`, () => {
      for (const [phase, when] of [
        ["preview", /known after the update; judged again at `pulumi up`$/],
        ["settled", /nothing here will tell it, so it is refused/],
      ] as const) {
        const [first, ...rest] = judgements([...others, alias], phase);
        assert.deepEqual(rest, []);
        assert.deepEqual([first?.verdict, first?.path], ["unknown", path]);
        assert.match(first?.message ?? "", when);
      }
    });
  }

  it("does not apply without an alias", () => {
    assert.deepEqual(judged(aliasTarget, [record("plain"), distribution()]), [
      { verdict: "notApplicable", urn: "", path: "", message: "the stack has no alias record" },
    ]);
  });

  it("passes the profile API before and after it exists", () => {
    for (const preview of [true, false]) {
      assert.deepEqual(
        judgements(profileApiStack({ preview }), preview ? "preview" : "settled").map(
          ({ verdict }) => verdict,
        ),
        new Array(6).fill("pass"),
      );
    }
  });

  it("tells its two fixtures apart", () => {
    const found = (name: "good" | "bad") =>
      judgements(fixtureResources("alias-target", name)).map(({ verdict, path }) => `${verdict} ${path}`);
    assert.deepEqual(
      [found("good"), found("bad")],
      [
        ["pass aliases[0].name", "pass aliases[0].name"],
        ["pass aliases[0].name", "fail aliases[0].zoneId"],
      ],
    );
  });

  it("stands any value in any place", () => {
    for (const value of ABSURD_VALUES) {
      const stacks = [
        [record("www", { aliases: [value] })],
        [record("www", { aliases: [{ name: value, zoneId: value, evaluateTargetHealth: value }] })],
        [
          distribution({ aliases: value, isIpv6Enabled: value, domainName: value }),
          record("www", to(CDN, value)),
        ],
        [website("site", value), record("www", { name: value, type: value, ...to(S3_WEST, S3_WEST_ZONE) })],
        [
          resource(DOMAIN, "api", { domainNameConfiguration: value }),
          record("www", to("a.example.com", value)),
        ],
      ];
      for (const stack of stacks) {
        const found = judgements([standby, ...stack], "preview");
        assert.ok(found.length > 0);
        assert.deepEqual(
          found.filter(({ message }) => /NaN|undefined|\[object|Symbol|rule itself failed/.test(message)),
          [],
        );
      }
    }
  });
});
