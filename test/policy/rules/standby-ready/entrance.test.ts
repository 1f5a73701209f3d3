import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { urn } from "../../../model/stack-fixture";
import { standby } from "../../prices/meters";
import {
  away,
  BALANCER,
  BUCKET,
  DISTRIBUTION,
  FUNCTION,
  GROUP,
  HTTP_DOMAIN,
  LISTENER,
  of,
  REST_DOMAIN,
  SERVICE,
  TARGETS,
  verdict,
  WEBSITE,
} from "./standby";

describe("policy/rules/standby-ready/entrance", () => {
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
    assert.deepEqual(verdict(HTTP_DOMAIN, { domainNameConfiguration: { certificateArn: "arn:1" } }), [
      "pass",
      path,
    ]);
    assert.deepEqual(verdict(REST_DOMAIN), ["fail", "regionalCertificateArn"]);
    for (const name of ["regionalCertificateArn", "certificateArn", "certificateName"]) {
      assert.deepEqual(verdict(REST_DOMAIN, { [name]: "arn:1" }), ["pass", "regionalCertificateArn"]);
    }
  });

  it("joins a certificate that does not exist yet", () => {
    const validation = standby("aws:acm/certificateValidation:CertificateValidation", "validation");
    const domain: Properties = { domainNameConfiguration: { certificateArn: UNKNOWN } };
    const of = (from: Record<string, string[]>) =>
      verdict(HTTP_DOMAIN, domain, [validation], { id: UNKNOWN, from })[0];
    assert.equal(of({ domainNameConfiguration: [validation.urn] }), "pass");
    assert.equal(of({ domainNameConfiguration: [urn(FUNCTION, "elsewhere")] }), "unknown");
    assert.equal(verdict(HTTP_DOMAIN, {}, [], { id: UNKNOWN })[0], "unknown");
  });

  it("refuses a distribution that is not enabled", () => {
    assert.deepEqual(verdict(DISTRIBUTION, { enabled: true }), ["pass", "enabled"]);
    assert.deepEqual(
      of(DISTRIBUTION, { enabled: false }),
      away(
        DISTRIBUTION,
        "enabled",
        "has enabled false, so it refuses every request; allowed: true; set enabled to true (free until it is asked)",
      ),
    );
    assert.deepEqual(verdict(DISTRIBUTION), ["fail", "enabled"]);
  });

  it("refuses a load balancer without listener", () => {
    const listener = standby(LISTENER, "http", { loadBalancerArn: "one-id" });
    assert.deepEqual(verdict(BALANCER, {}, [listener]), ["pass", "loadBalancerArn"]);
    assert.deepEqual(
      of(BALANCER),
      away(
        BALANCER,
        "loadBalancerArn",
        "has no listener in this stack, so it refuses every connection; allowed: a listener on the port that " +
          "visitors use; add one (free beside the load balancer)",
      ),
    );
  });

  it("refuses a target group that gets no target", () => {
    assert.deepEqual(
      of(TARGETS),
      away(
        TARGETS,
        "targetGroupArn",
        "gets no target from this stack, so nothing answers behind it; allowed: an attachment, a scaling group or a " +
          "service that names it; attach what serves the standby (free)",
      ),
    );
    for (const [type, properties] of [
      ["aws:lb/targetGroupAttachment:TargetGroupAttachment", { targetGroupArn: "one-id" }],
      ["aws:autoscaling/attachment:Attachment", { lbTargetGroupArn: "one-id" }],
      [GROUP, { targetGroupArns: ["other", "one-id"] }],
      [SERVICE, { loadBalancers: [{ targetGroupArn: "one-id" }] }],
      [
        SERVICE,
        {
          loadBalancers: [
            { targetGroupArn: "blue", advancedConfiguration: { alternateTargetGroupArn: "one-id" } },
          ],
        },
      ],
    ] as const) {
      assert.deepEqual(
        verdict(TARGETS, {}, [standby(type, "attached", properties as Properties)])[0],
        "pass",
      );
    }
    const deployment = standby("aws:codedeploy/deploymentGroup:DeploymentGroup", "deployment", {
      loadBalancerInfo: { targetGroupPairInfo: { targetGroups: [{ name: "blue" }, { name: "green" }] } },
    });
    assert.deepEqual(verdict(TARGETS, { name: "green" }, [deployment])[0], "pass");
    assert.deepEqual(verdict(TARGETS, { name: "red" }, [deployment])[0], "fail");
    const before = standby(
      SERVICE,
      "service",
      { loadBalancers: [{ targetGroupArn: UNKNOWN }] },
      {
        from: { loadBalancers: [urn(TARGETS, "one")] },
      },
    );
    assert.deepEqual(verdict(TARGETS, {}, [before], { id: UNKNOWN })[0], "pass");
  });

  it("refuses a website without index document", () => {
    assert.deepEqual(
      of(WEBSITE),
      away(
        WEBSITE,
        "indexDocument.suffix",
        "has no indexDocument.suffix, so its root is an error page; allowed: the name of a page; set " +
          "indexDocument.suffix to index.html (free)",
      ),
    );
    assert.deepEqual(verdict(WEBSITE, { indexDocument: { suffix: "index.html" } })[0], "pass");
    assert.deepEqual(verdict(WEBSITE, { redirectAllRequestsTo: { hostName: "a.example.com" } })[0], "pass");
    assert.deepEqual(verdict(BUCKET), ["pass", "website"]);
    assert.deepEqual(verdict(BUCKET, { website: { errorDocument: "e.html" } }), [
      "fail",
      "website.indexDocument",
    ]);
    assert.deepEqual(verdict(BUCKET, { website: { indexDocument: "i.html" } })[0], "pass");
  });
});
