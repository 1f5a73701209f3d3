import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../model/unknown";
import type { CostAssumptions } from "../../../policy/prices/assumptions";
import { idleCost } from "../../../policy/prices/idle-cost";
import { type FixtureOptions, resource, urn } from "../../model/stack-fixture";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const REST_API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const CLASSIC = "aws:wafregional/webAclAssociation:WebAclAssociation";
const BALANCER_ARN = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/site/1";
const STAGE_ARN = "arn:aws:apigateway:us-east-1::/restapis/api/stages/live";
const REGION = { region: "us-east-1" };

const check = (fqdn = "site.example.com") =>
  resource("aws:route53/healthCheck:HealthCheck", "check", { type: "HTTPS", fqdn, requestInterval: 10 });
const balancer = (properties: Properties = {}) =>
  resource(BALANCER, "site", {
    dnsName: "site.example.com",
    arn: BALANCER_ARN,
    internal: true,
    ...REGION,
    ...properties,
  });
const associated = (resourceArn: Properties[string], type = ASSOCIATION, options: FixtureOptions = {}) =>
  resource(type, "association", { resourceArn, ...REGION }, options);

/** What web ACLs and balancers bill for probes: item, region, micro-dollars; or what is not known. */
function fronts(stack: readonly StackResource[], assumptions: Partial<CostAssumptions> = {}) {
  const { lines, unpriced } = idleCost(stack, planFromResources(stack), assumptions);
  return [
    ...lines
      .filter(({ item }) => /^(web ACL requests|capacity units) /.test(item))
      .map(({ item, region, monthlyMicroUsd }) => [item, region, monthlyMicroUsd]),
    ...unpriced.filter(({ path }) => path === "loadBalancerType").map(({ why }) => why),
  ];
}

/** 4,204,800 probes a month at 10 s: 0.60 USD a million, and 46.72 unit-hours at 0.008 USD. */
const ACL = ["web ACL requests of 4204800 probes", "us-east-1", 2_522_880];
const UNITS = ["capacity units of 4204800 probes, each a new connection", "us-east-1", 373_760];

describe("policy/prices/front-traffic", () => {
  it("charges the requests of a balancer's web ACL, of either kind", () => {
    assert.deepEqual(fronts([balancer(), check()]), [UNITS]);
    assert.deepEqual(fronts([balancer(), associated(BALANCER_ARN), check()]), [ACL, UNITS]);
    assert.deepEqual(fronts([balancer(), associated(BALANCER_ARN, CLASSIC), check()]), [ACL, UNITS]);
    assert.deepEqual(fronts([balancer(), associated("arn:elsewhere"), check()]), [UNITS]);
    assert.deepEqual(fronts([balancer(), associated(BALANCER_ARN), check("elsewhere.example.net")]), []);
  });

  it("finds what is associated before it has an ARN", () => {
    const from = { resourceArn: [urn(BALANCER, "site")] };
    assert.deepEqual(fronts([balancer(), associated(UNKNOWN, ASSOCIATION, { from }), check()]), [ACL, UNITS]);
    assert.deepEqual(fronts([balancer(), associated(UNKNOWN), check()]), [UNITS]);
  });

  it("charges the requests of a stage's web ACL", () => {
    const api = resource(REST_API, "api", REGION, { id: "api" });
    const stage = resource(STAGE, "stage", { restApi: "api", arn: STAGE_ARN, ...REGION });
    const asked = check("api.execute-api.us-east-1.amazonaws.com");
    assert.deepEqual(fronts([api, stage, associated(STAGE_ARN), asked]), [ACL]);
    assert.deepEqual(fronts([api, stage, asked]), []);
  });

  it("charges the requests of a distribution's web ACL where that is kept", () => {
    const site = (properties: Properties) =>
      resource(DISTRIBUTION, "site", { domainName: "site.example.com", ...properties });
    assert.deepEqual(fronts([site({ webAclId: "arn:acl" }), check()]), [ACL]);
    assert.deepEqual(fronts([site({ webAclId: UNKNOWN }), check()]), [ACL]);
    assert.deepEqual(fronts([site({ webAclId: "" }), check()]), []);
    assert.deepEqual(fronts([site({}), check()]), []);
  });

  it("counts connections or bytes, whichever take more units", () => {
    const units = (monthlyMicroUsd: number) => [[UNITS[0], "us-east-1", monthlyMicroUsd]];
    const bytes = (probeAnswerBytes: number) =>
      fronts([balancer(), check()], { probeAnswerBytes, probeHandshakeBytes: 1000 });
    // 4,204,800 x 11,111 bytes are just less than 46.72 GB, one byte more each is just more.
    assert.deepEqual(bytes(10_111), units(373_760));
    assert.deepEqual(bytes(10_112), units(373_790));
    assert.deepEqual(bytes(99_000), units(3_363_840));
  });

  it("knows the units of a network balancer, and none of another kind", () => {
    const of = (loadBalancerType: Properties[string]) => fronts([balancer({ loadBalancerType }), check()]);
    // 23.36 unit-hours at 0.006 USD.
    assert.deepEqual(of("network"), [[UNITS[0], "us-east-1", 140_160]]);
    assert.deepEqual(of("gateway"), []);
    assert.deepEqual(of(UNKNOWN), ["loadBalancerType is not known yet"]);
  });
});
