import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN, type Unknown } from "../../../../model/unknown";
import { healthCheckSelfReference } from "../../../../policy/rules/health-check-self-reference/rule";
import { resource, urn } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { alias, checkUrn, NAME, record } from "../records";
import { brief, cname, OF, stackOf } from "./checked-stack";

describe("policy/rules/health-check-self-reference, origins", () => {
  describe("a check of a distribution of the stack", () => {
    const CDN = "aws:cloudfront/distribution:Distribution";
    const MESSAGE =
      `${OF} probes distribution cdn, whose origin leads to app.example.com, the name whose answers it decides, so its ` +
      "result follows the failover; allowed: an origin of its own; set domainName of the origin to the host name of one " +
      "side (in place), or probe that host (in place)";
    const origin = (originId: string, domainName: string | Unknown) =>
      ({ originId, domainName }) as PropertyValue;
    const cdn = (properties: Properties, from: Record<string, string[]> = {}) =>
      resource(
        CDN,
        "cdn",
        {
          domainName: "d1.cloudfront.net",
          defaultCacheBehavior: { targetOriginId: "main" },
          ...properties,
        },
        { from },
      );
    const verdicts = (properties: Properties, checked: Properties = {}) =>
      brief(stackOf({ fqdn: "d1.cloudfront.net", ...checked }, [cdn(properties)]));

    it("is refused where its origin is the failover name", () => {
      const stack = stackOf({ fqdn: "d1.cloudfront.net" }, [
        cdn({ origins: [origin("main", "App.example.com")] }),
      ]);
      assert.deepEqual(judged(healthCheckSelfReference, stack), [
        { verdict: "fail", urn: checkUrn, path: "fqdn", message: MESSAGE },
      ]);
      assert.deepEqual(verdicts({ origins: [origin("main", "origin.example.com")] }), ["pass check fqdn"]);
    });

    it("is followed to every member of an origin group", () => {
      const group = (second: string): Properties => ({
        origins: [origin("first", "origin.example.com"), origin("second", second)],
        originGroups: [{ originId: "main", members: [{ originId: "first" }, { originId: "second" }] }],
      });
      assert.deepEqual(verdicts(group(NAME)), ["fail check fqdn"]);
      assert.deepEqual(verdicts(group("other.example.com")), ["pass check fqdn"]);
    });

    it("is followed to the origin of the path that is probed", () => {
      const paths: Properties = {
        origins: [origin("main", "origin.example.com"), origin("api", NAME)],
        orderedCacheBehaviors: [{ pathPattern: "/api/*", targetOriginId: "api" }],
      };
      assert.deepEqual(verdicts(paths, { resourcePath: "/api/health" }), ["fail check fqdn"]);
      assert.deepEqual(verdicts(paths, { resourcePath: "/health" }), ["pass check fqdn"]);
      assert.deepEqual(verdicts(paths, { resourcePath: UNKNOWN }), ["fail check fqdn"]);
    });

    it("is followed through records and a second distribution, whose circles end", () => {
      const second = resource(CDN, "second", {
        domainName: "d2.cloudfront.net",
        defaultCacheBehavior: { targetOriginId: "o" },
        origins: [origin("o", "d1.cloudfront.net")],
      });
      const first = (domainName: string) => cdn({ origins: [origin("main", domainName)] });
      const health = record("health", { name: "health.example.com", ...alias("d2.cloudfront.net") });
      const of = (domainName: string) =>
        brief(
          stackOf({ fqdn: "health.example.com" }, [health, second, first(domainName), cname("www", NAME)]),
        );
      assert.deepEqual(of("www.example.com"), ["fail check fqdn"]);
      assert.deepEqual(of("d2.cloudfront.net"), ["pass check fqdn"]);
    });

    it("is followed before its name and its origin's are known", () => {
      const unborn = (sources: readonly StackResource[]) =>
        cdn(
          { domainName: UNKNOWN, origins: [origin("main", UNKNOWN)] },
          sources.length > 0 ? { origins: sources.map((each) => each.urn) } : {},
        );
      const of = (sources: readonly StackResource[]) =>
        brief(stackOf({ fqdn: UNKNOWN }, [unborn(sources), ...sources], [urn(CDN, "cdn")]), "preview");
      const shared = cname("shared", NAME);
      assert.deepEqual(of([shared]), ["fail check fqdn"]);
      assert.deepEqual(of([cname("own", "one.example.net")]), ["pass check fqdn"]);
      assert.deepEqual(of([resource("aws:s3/bucket:Bucket", "site")]), ["pass check fqdn"]);
      assert.deepEqual(of([]), ["unknown cdn origins"]);
      const aliased = {
        ...record("health", { name: "health.example.com", ...alias(UNKNOWN) }),
        propertyDependencies: { aliases: [urn(CDN, "cdn")] },
      };
      assert.deepEqual(
        brief(stackOf({ fqdn: "health.example.com" }, [aliased, unborn([shared]), shared]), "preview"),
        ["fail check fqdn"],
      );
    });

    it("passes with absurd origins", () => {
      for (const origins of [undefined, null, "x", 5, {}, [null], [{ originId: 5, domainName: {} }]]) {
        assert.deepEqual(verdicts({ origins: origins as PropertyValue }), ["pass check fqdn"]);
      }
    });
  });
});
