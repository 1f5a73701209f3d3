import assert from "node:assert/strict";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { urn } from "../../../model/stack-fixture";
import { primary, standby } from "../../prices/meters";
import { away, FUNCTION, HTTP_API, HTTP_DOMAIN, of, REST_DOMAIN, ROUTE, verdict } from "./standby";

const MAPPING = "aws:apigatewayv2/apiMapping:ApiMapping";
const PATH_MAPPING = "aws:apigateway/basePathMapping:BasePathMapping";
const RULE = "aws:apigatewayv2/routingRule:RoutingRule";
const NAME = "api.example.com";

function mapping(
  domainName: PropertyValue = "one-id",
  from: Record<string, string[]> = {},
  type: string = MAPPING,
) {
  return standby(type, "mapping", { domainName }, { from });
}

describe("policy/rules/standby-ready/api-gateway", () => {
  it("refuses a custom domain without a certificate", () => {
    const path = "domainNameConfiguration.certificateArn";
    assert.deepEqual(
      of(HTTP_DOMAIN, { domainNameConfiguration: {} }),
      away(
        HTTP_DOMAIN,
        path,
        `has no ${path}, so no TLS handshake succeeds; allowed: a certificate of its own region; set ${path} to a ` +
          "validated ACM certificate (free)",
      ),
    );
    assert.deepEqual(
      verdict(HTTP_DOMAIN, { domainNameConfiguration: { certificateArn: "arn:1" } }, [mapping()]),
      ["pass", path],
    );
    assert.deepEqual(verdict(REST_DOMAIN), ["fail", "regionalCertificateArn"]);
    for (const name of ["regionalCertificateArn", "certificateArn", "certificateName"]) {
      assert.deepEqual(verdict(REST_DOMAIN, { [name]: "arn:1" }, [mapping()]), [
        "pass",
        "regionalCertificateArn",
      ]);
    }
  });

  it("joins a certificate that does not exist yet", () => {
    const validation = standby("aws:acm/certificateValidation:CertificateValidation", "validation");
    const unborn = mapping(UNKNOWN, { domainName: [urn(HTTP_DOMAIN, "one")] });
    const domain: Properties = { domainNameConfiguration: { certificateArn: UNKNOWN } };
    const of = (from: Record<string, string[]>) =>
      verdict(HTTP_DOMAIN, domain, [validation, unborn], { id: UNKNOWN, from })[0];
    assert.equal(of({ domainNameConfiguration: [validation.urn] }), "pass");
    assert.equal(of({ domainNameConfiguration: [urn(FUNCTION, "elsewhere")] }), "unknown");
    assert.equal(verdict(HTTP_DOMAIN, {}, [unborn], { id: UNKNOWN })[0], "unknown");
  });

  const certified: Properties = { domainName: NAME, domainNameConfiguration: { certificateArn: "arn:1" } };
  const rest: Properties = { domainName: NAME, regionalCertificateArn: "arn:1" };
  const CERTIFICATE = "domainNameConfiguration.certificateArn";

  it("refuses a custom domain that nothing maps, after its certificate", () => {
    const unmapped = (type: string) =>
      away(
        type,
        "domainName",
        "has no API mapping in this stack, so it answers every request with 403; allowed: an API mapping of this " +
          "domain; add an aws.apigatewayv2.ApiMapping or aws.apigateway.BasePathMapping (free)",
      );
    assert.deepEqual(of(HTTP_DOMAIN, certified), unmapped(HTTP_DOMAIN));
    assert.deepEqual(of(REST_DOMAIN, rest), unmapped(REST_DOMAIN));
    assert.deepEqual(verdict(HTTP_DOMAIN, { ...certified, domainNameConfiguration: {} }), [
      "fail",
      CERTIFICATE,
    ]);
    assert.deepEqual(verdict(HTTP_DOMAIN, { ...certified, domainNameConfiguration: UNKNOWN }, [mapping()]), [
      "unknown",
      CERTIFICATE,
    ]);
    // What is surely away is said before what is not known.
    assert.deepEqual(verdict(HTTP_DOMAIN, { ...certified, domainNameConfiguration: UNKNOWN }), [
      "fail",
      "domainName",
    ]);
  });

  for (const type of [MAPPING, PATH_MAPPING]) {
    it(`takes ${type} by id, by dependency and by name, in its region`, () => {
      for (const [domain, properties] of [
        [HTTP_DOMAIN, certified],
        [REST_DOMAIN, rest],
      ] as const) {
        const on = (value: PropertyValue, from = {}) =>
          verdict(domain, properties, [mapping(value, from, type)], { id: UNKNOWN })[0];
        assert.equal(verdict(domain, properties, [mapping("one-id", {}, type)])[0], "pass");
        assert.equal(on(UNKNOWN, { domainName: [urn(domain, "one")] }), "pass");
        assert.equal(on("API.example.com"), "pass");
        assert.equal(on("other.example.com"), "fail");
        assert.equal(on(UNKNOWN), "unknown");
        const elsewhere = primary(type, "mapping", { domainName: NAME });
        assert.equal(verdict(domain, properties, [elsewhere], { id: UNKNOWN })[0], "fail");
        const untoldElsewhere = primary(type, "mapping", { domainName: UNKNOWN });
        assert.equal(verdict(domain, properties, [untoldElsewhere], { id: UNKNOWN })[0], "fail");
      }
    });
  }

  it("leaves a mapping to the domain of either type that it depends on", () => {
    const other = standby(REST_DOMAIN, "other", { domainName: "other.example.com" }, { id: UNKNOWN });
    const taken = mapping(UNKNOWN, { domainName: [other.urn] });
    assert.deepEqual(verdict(HTTP_DOMAIN, certified, [other, taken]), ["fail", "domainName"]);
    assert.deepEqual(verdict(HTTP_DOMAIN, certified, [other, mapping(UNKNOWN)]), ["unknown", "domainName"]);
  });

  it("counts what the routing mode asks", () => {
    const on = (routingMode: PropertyValue, ...types: string[]) =>
      verdict(
        HTTP_DOMAIN,
        { ...certified, routingMode },
        types.map((type) => mapping(NAME, {}, type)),
      );
    const ready = ["pass", CERTIFICATE];
    const refused = ["fail", "domainName"];
    for (const mode of ["ROUTING_RULE_THEN_API_MAPPING", "ROUTING_RULE_THEN_BASE_PATH_MAPPING"]) {
      assert.deepEqual([on(mode, RULE), on(mode, MAPPING), on(mode)], [ready, ready, refused]);
    }
    for (const mode of ["API_MAPPING_ONLY", "BASE_PATH_MAPPING_ONLY", undefined]) {
      assert.deepEqual([on(mode, RULE), on(mode, MAPPING), on(mode)], [refused, ready, refused]);
    }
    const mode = "ROUTING_RULE_ONLY";
    assert.deepEqual([on(mode, RULE), on(mode, MAPPING)], [ready, refused]);
    assert.deepEqual(
      of(HTTP_DOMAIN, { ...certified, routingMode: mode }),
      away(
        HTTP_DOMAIN,
        "domainName",
        "has routingMode ROUTING_RULE_ONLY and no routing rule in this stack, so it answers every request with 403; " +
          "allowed: a routing rule of this domain; add an aws.apigatewayv2.RoutingRule (free)",
      ),
    );
    const open = ["unknown", "routingMode"];
    assert.deepEqual(
      [on(UNKNOWN, RULE), on(UNKNOWN, MAPPING), on(UNKNOWN, MAPPING, RULE), on(UNKNOWN)],
      [open, open, ready, refused],
    );
  });

  describe("of an HTTP API", () => {
    const HTTP: Properties = { protocolType: "HTTP" };
    const route = (apiId: PropertyValue, from: Record<string, string[]> = {}) =>
      standby(ROUTE, "route", { apiId, routeKey: "$default" }, { from });

    it("refuses one without a route", () => {
      assert.deepEqual(
        of(HTTP_API, HTTP),
        away(
          HTTP_API,
          "apiId",
          "has no route in this stack, so it answers every request with 404; allowed: a route, a body or a target; " +
            "add an aws.apigatewayv2.Route of this API (free)",
        ),
      );
      assert.deepEqual(verdict(HTTP_API, { protocolType: "WEBSOCKET" }), ["pass", "protocolType"]);
      assert.deepEqual(verdict(HTTP_API, { protocolType: UNKNOWN }), ["unknown", "protocolType"]);
      assert.deepEqual(verdict(HTTP_API, HTTP, [route("one-id")]), ["pass", "apiId"]);
      assert.deepEqual(verdict(HTTP_API, HTTP, [route("other-id")]), ["fail", "apiId"]);
    });

    it("joins a route that does not exist yet", () => {
      const unborn = { id: UNKNOWN } as const;
      const own = route(UNKNOWN, { apiId: [urn(HTTP_API, "one")] });
      const other = standby(HTTP_API, "other", HTTP, unborn);
      const foreign = route(UNKNOWN, { apiId: [other.urn] });
      assert.deepEqual(verdict(HTTP_API, HTTP, [own], unborn), ["pass", "apiId"]);
      assert.deepEqual(verdict(HTTP_API, HTTP, [other, foreign], unborn), ["fail", "apiId"]);
      assert.deepEqual(verdict(HTTP_API, HTTP, [route(UNKNOWN)], unborn), ["unknown", "apiId"]);
      // AWS makes the ids of APIs, so a text that is known is another's.
      assert.deepEqual(verdict(HTTP_API, HTTP, [route("other-id")], unborn), ["fail", "apiId"]);
    });

    for (const maker of ["body", "target"]) {
      it(`takes a ${maker} for the routes`, () => {
        assert.deepEqual(verdict(HTTP_API, { ...HTTP, [maker]: "text" }), ["pass", maker]);
        assert.deepEqual(verdict(HTTP_API, { ...HTTP, [maker]: "" }), ["fail", "apiId"]);
        assert.deepEqual(verdict(HTTP_API, { ...HTTP, [maker]: UNKNOWN }), ["unknown", maker]);
        const from = { [maker]: [urn(FUNCTION, "f")] };
        assert.deepEqual(verdict(HTTP_API, { ...HTTP, [maker]: UNKNOWN }, [], { id: UNKNOWN, from }), [
          "pass",
          maker,
        ]);
      });
    }
  });
});
