import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { failoverRto } from "../../../../policy/rules/failover-rto/rule";
import { resource, urn } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { alias, CHECK, NAME, record, recordUrn } from "../records";

const weighted = (weight: Properties[string] = 1): Properties => ({ weightedRoutingPolicies: [{ weight }] });
const ROUTINGS: Readonly<Record<string, (index: number) => Properties>> = {
  weighted: () => weighted(),
  multivalue: () => ({ multivalueAnswerRoutingPolicy: true }),
  latency: (index) => ({ latencyRoutingPolicies: [{ region: ["us-east-1", "eu-west-1"][index] }] }),
  geolocation: (index) => ({
    geolocationRoutingPolicies: [index === 0 ? { continent: "EU" } : { country: "DE" }],
  }),
};

const check = (name: string, properties: Properties = {}) =>
  resource(
    CHECK,
    `${name}-check`,
    { type: "HTTP", ipAddress: "192.0.2.1", requestInterval: 30, failureThreshold: 3, ...properties },
    { id: `${name}-check` },
  );
const member = (name: string, properties: Properties) =>
  record(name, { setIdentifier: name, healthCheckId: `${name}-check`, ...properties });
const unchecked = { healthCheckId: undefined };

const verdicts = (...resources: StackResource[]) =>
  judged(failoverRto, resources).map(({ verdict, urn: of, path }) => [verdict, of.split("::").at(-1), path]);

describe("policy/rules/failover-rto of sets", () => {
  for (const [routing, of] of Object.entries(ROUTINGS)) {
    it(`judges every member of a ${routing} set by its own check`, () => {
      const rest = { geolocationRoutingPolicies: [{ country: "*" }], ...unchecked };
      const set = [
        member("a", of(0)),
        member("b", of(1)),
        ...(routing === "geolocation" ? [member("rest", rest)] : []),
      ];
      assert.deepEqual(verdicts(check("a"), check("b"), ...set), [
        ["pass", "a", ""],
        ["pass", "b", ""],
      ]);
      assert.deepEqual(verdicts(check("a"), check("b", { failureThreshold: 10 }), ...set), [
        ["pass", "a", ""],
        ["fail", "b", ""],
      ]);
    });

    it(`does not apply to a ${routing} set without any check, nor to a single record`, () => {
      const notApplicable = [["notApplicable", "", ""]];
      assert.deepEqual(
        verdicts(member("a", { ...of(0), ...unchecked }), member("b", { ...of(1), ...unchecked })),
        notApplicable,
      );
      assert.deepEqual(verdicts(check("a", { failureThreshold: 10 }), member("a", of(0))), notApplicable);
    });
  }

  it("refuses a location that no other member answers for, and the default", () => {
    const at = (geolocation: Properties) => ({ geolocationRoutingPolicies: [geolocation] });
    const found = judged(failoverRto, [
      check("a"),
      check("b"),
      member("a", at({ continent: "EU" })),
      member("b", at({ country: "US" })),
    ]);
    assert.deepEqual(found, [
      {
        verdict: "fail",
        urn: recordUrn("a"),
        path: "geolocationRoutingPolicies",
        message:
          `A record of ${NAME}, member a has no bound on its recovery: no other member of the set answers for ` +
          "continent EU, and Route 53 goes on answering with the a record there; allowed: below 300 s; add a " +
          "default record to the set (free: a record costs nothing)",
      },
      {
        verdict: "fail",
        urn: recordUrn("b"),
        path: "geolocationRoutingPolicies",
        message:
          `A record of ${NAME}, member b has no bound on its recovery: no other member of the set answers for ` +
          "country US, and Route 53 goes on answering with the b record there; allowed: below 300 s; add a " +
          "default record to the set (free: a record costs nothing)",
      },
    ]);
    const [lost, kept] = judged(failoverRto, [
      check("a"),
      check("b"),
      member("a", at({ country: "*" })),
      member("b", at({ country: "DE" })),
    ]);
    assert.deepEqual(
      [lost?.verdict, lost?.message.split("; ").at(-1), kept?.verdict],
      [
        "fail",
        "make the default record an alias to a failover pair, with evaluateTargetHealth (free: the records cost nothing)",
        "pass",
      ],
    );
  });

  it("judges members that are aliases to checked records by those, and evaluation costs nothing", () => {
    const to = (name: string, evaluates: boolean) =>
      record(name, {
        setIdentifier: name,
        ...weighted(),
        ...alias(`${name}.example.com`, evaluates),
      });
    const end = (name: string, properties: Properties = {}) => [
      check(name, properties),
      record(`end-${name}`, { name: `${name}.example.com`, healthCheckId: `${name}-check` }),
    ];
    const slow = { failureThreshold: 10 };
    assert.deepEqual(verdicts(to("a", true), to("b", true), ...end("a"), ...end("b", slow)), [
      ["pass", "a", ""],
      ["fail", "b", ""],
    ]);
    const pair = (role: string, to_: Properties) =>
      record(role, { setIdentifier: role, failoverRoutingPolicies: [{ type: role }], ...to_ });
    const standby = pair("SECONDARY", { records: ["192.0.2.2"] });
    const of = (evaluates: boolean) =>
      judged(failoverRto, [pair("PRIMARY", alias("a.example.com", evaluates)), standby, ...end("a")]);
    assert.deepEqual(
      of(true).map(({ verdict }) => verdict),
      ["pass"],
    );
    assert.deepEqual(of(false), [
      {
        verdict: "fail",
        urn: recordUrn("PRIMARY"),
        path: "aliases[0].evaluateTargetHealth",
        message:
          `PRIMARY A record of ${NAME} has no bound on its recovery: the PRIMARY record has no health check and ` +
          "does not evaluate its target's health; allowed: below 300 s; set evaluateTargetHealth to true (in place, " +
          "no price)",
      },
    ]);
  });

  describe("of an alias", () => {
    const top = (name: string) => [
      record("top", {
        setIdentifier: "p",
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        ...alias(name, true),
      }),
      record("rest", {
        setIdentifier: "s",
        failoverRoutingPolicies: [{ type: "SECONDARY" }],
        records: ["192.0.2.2"],
      }),
    ];
    const end = (name: string, ttl: number, properties: Properties = {}) =>
      record(name, { name: "end.example.com", ttl, healthCheckId: `${name}-check`, ...properties });
    const lever = (...resources: StackResource[]) =>
      judged(failoverRto, [...top("end.example.com"), ...resources])
        .find(({ urn }) => urn === recordUrn("top"))
        ?.message.split("allowed: below 300 s; ")[1];

    it("names the records behind whose TTL is too long", () => {
      assert.equal(
        lever(check("a"), end("a", 300)),
        "set ttl of end.example.com to 60 (204 s, no idle cost)",
      );
      const [changed] = judged(failoverRto, [...top("end.example.com"), check("a"), end("a", 60)]);
      assert.match(changed?.message ?? "", /recovers within 204 s/);
    });

    it("names the records behind that have no TTL, and the recovery that one gives", () => {
      const without = [check("a"), end("a", 60, { ttl: undefined })];
      assert.equal(lever(...without), "set ttl of end.example.com to 60 (204 s, no idle cost)");
      const found = judged(failoverRto, [...top("end.example.com"), ...without]).find(
        ({ urn }) => urn === recordUrn("top"),
      );
      assert.equal(found?.path, "aliases");
      assert.match(found?.message ?? "", /has no bound on its recovery: the record has no TTL; /);
    });

    it("tells of a missing TTL alone while another is not known yet", () => {
      const pool = ["a", "b"].map((name, index) =>
        end(name, 60, { setIdentifier: name, ...weighted(), ttl: index === 0 ? undefined : UNKNOWN }),
      );
      assert.equal(lever(check("a"), check("b"), ...pool), "set ttl of end.example.com to 60");
    });

    it("tries the timing of the checks behind", () => {
      const slow = { failureThreshold: 10 };
      const pool = ["a", "b"].map((name) => end(name, 60, { setIdentifier: name, ...weighted() }));
      assert.equal(
        lever(check("a", slow), check("b", slow), ...pool),
        "set failureThreshold of a-check and b-check to 5 (276 s, free, in place), or requestInterval of a-check " +
          "and b-check to 10 (256 s, +$4.00 a month for an endpoint not known to be in AWS, probes extra, replaces the checks)",
      );
    });

    it("gives both together where neither is enough", () => {
      const least = { failureThreshold: 10 };
      assert.equal(
        lever(check("a", least), end("a", 300)),
        "set requestInterval of a-check to 10 and ttl of end.example.com to 60 together (256 s)",
      );
    });
  });

  /** Detection 30 s x 5 with HTTP is 186 s, propagation 30 s; the TTL decides on which side of 300 s it falls. */
  it("passes at 299 s and refuses at 300 s, naming the member", () => {
    const at = (ttl: number) =>
      judged(failoverRto, [
        check("a", { failureThreshold: 5 }),
        check("b"),
        member("a", { ...weighted(), ttl }),
        member("b", weighted(3)),
      ])[0];
    assert.deepEqual(at(83), {
      verdict: "pass",
      urn: recordUrn("a"),
      path: "",
      message:
        `A record of ${NAME}, member a recovers within 299 s (detection 186 + propagation 30 + cache 83); ` +
        "allowed: below 300 s",
    });
    assert.deepEqual(at(84), {
      verdict: "fail",
      urn: recordUrn("a"),
      path: "",
      message:
        `A record of ${NAME}, member a recovers within 300 s (detection 186 + propagation 30 + cache 84); ` +
        "allowed: below 300 s; set ttl to 60 (276 s, no idle cost), or failureThreshold to 4 (264 s, free, in place), " +
        "or requestInterval to 10 (200 s, +$2.00 a month for an endpoint not known to be in AWS, probes extra, " +
        "replaces the check)",
    });
  });

  it("refuses a member that keeps its share without a check, where the others are checked", () => {
    const [found, ...others] = judged(failoverRto, [
      check("b"),
      member("a", { ...weighted(), ...unchecked }),
      member("b", weighted()),
    ]);
    assert.deepEqual(
      others.map(({ verdict }) => verdict),
      ["pass"],
    );
    assert.deepEqual(found, {
      verdict: "fail",
      urn: recordUrn("a"),
      path: "healthCheckId",
      message:
        `A record of ${NAME}, member a has no bound on its recovery: the a record has no health check; ` +
        "allowed: below 300 s; attach an enabled HTTPS check of this stack, 10 s x 3 " +
        "($2.50 a month for an endpoint in AWS, $4.75 a month for another)",
    });
    const multivalue = { multivalueAnswerRoutingPolicy: true };
    assert.deepEqual(
      verdicts(check("b"), member("a", { ...multivalue, ...unchecked }), member("b", multivalue)),
      [
        ["fail", "a", "healthCheckId"],
        ["pass", "b", ""],
      ],
    );
  });

  it("leaves alone what may be meant as the last resort", () => {
    const { latency, geolocation } = ROUTINGS;
    for (const of of [(index: number) => weighted(index), latency, geolocation]) {
      assert.ok(of);
      assert.deepEqual(verdicts(check("b"), member("a", { ...of(0), ...unchecked }), member("b", of(1))), [
        ["pass", "b", ""],
      ]);
    }
  });

  it("leaves load balancers alone whose own health decides, with and without a check beside", () => {
    const balancer = (name: string, region: string) =>
      member(name, {
        latencyRoutingPolicies: [{ region }],
        ...unchecked,
        ...alias(`${name}.elb.amazonaws.com`, true),
      });
    assert.deepEqual(verdicts(balancer("a", "us-east-1"), balancer("b", "eu-west-1")), [
      ["notApplicable", "", ""],
    ]);
    const watched = member("c", { latencyRoutingPolicies: [{ region: "us-west-2" }] });
    assert.deepEqual(verdicts(check("c"), balancer("a", "us-east-1"), watched), [["pass", "c", ""]]);
    const heavy = member("d", { ...weighted(), ...unchecked, ...alias("d.elb.amazonaws.com", true) });
    assert.deepEqual(verdicts(check("e"), heavy, member("e", weighted())), [["pass", "e", ""]]);
  });

  /** `outer` chooses between regions by latency, each of which is a weighted set of its own. */
  const region = (name: string, evaluates: boolean, leaf: Properties) => [
    member(`outer-${name}`, {
      latencyRoutingPolicies: [{ region: name }],
      ...unchecked,
      ...alias(`${name}.example.com`, evaluates),
    }),
    ...["1", "2"].map((index) =>
      member(`${name}-${index}`, {
        ...weighted(),
        name: `${name}.example.com`,
        healthCheckId: "leaf-check",
        ...leaf,
      }),
    ),
  ];
  const tree = (evaluates: boolean, leaf: Properties = {}, failureThreshold = 3) =>
    verdicts(
      check("leaf", { failureThreshold }),
      ...region("us-east-1", evaluates, leaf),
      ...region("eu-west-1", evaluates, leaf),
    ).map(([verdict, name]) => `${verdict} ${name}`);

  it("follows aliases that evaluate health to the checks of the records behind", () => {
    const leaves = ["us-east-1-1", "us-east-1-2"];
    assert.deepEqual(
      tree(true).slice(0, 3),
      ["outer-us-east-1", ...leaves].map((name) => `pass ${name}`),
    );
    assert.deepEqual(
      tree(true, {}, 10).slice(0, 3),
      ["outer-us-east-1", ...leaves].map((name) => `fail ${name}`),
    );
    assert.deepEqual(
      tree(false).slice(0, 2),
      leaves.map((name) => `pass ${name}`),
    );
    assert.deepEqual(tree(true, { ...unchecked, ...alias("x.elb.amazonaws.com", true) }), ["notApplicable "]);
    assert.deepEqual(tree(true, unchecked), ["notApplicable "]);
  });

  it("leaves an alias alone behind which one record evaluates what the plan does not read", () => {
    const [outer, first, second] = region("us-east-1", true, {});
    assert.ok(outer && first && second);
    const balancer = { ...second.properties, ...unchecked, ...alias("x.elb.amazonaws.com", true) };
    assert.deepEqual(
      verdicts(
        check("leaf"),
        outer,
        first,
        { ...second, properties: balancer },
        ...region("eu-west-1", true, {}),
      ).map(([verdict, name]) => `${verdict} ${name}`),
      ["us-east-1-1", "outer-eu-west-1", "eu-west-1-1", "eu-west-1-2"].map((name) => `pass ${name}`),
    );
  });

  it("says which property is unknown, and never passes on it", () => {
    const unknowns = (...resources: StackResource[]) =>
      judged(failoverRto, resources, {}, "preview").map(({ verdict, path }) => `${verdict} ${path}`);
    const other = [check("b"), member("b", weighted())];
    const a = (properties: Properties) => member("a", { ...weighted(), ...properties });
    assert.deepEqual(unknowns(...other, check("a", { failureThreshold: UNKNOWN }), a({})), [
      "pass ",
      "unknown failureThreshold",
    ]);
    assert.deepEqual(unknowns(...other, check("a"), a({ name: UNKNOWN }))[0], "unknown name");
    assert.deepEqual(unknowns(...other, check("a"), a({ type: UNKNOWN }))[0], "unknown type");
    assert.deepEqual(unknowns(...other, a({ ...weighted(UNKNOWN), ...unchecked })), [
      "pass ",
      "unknown weightedRoutingPolicies[0].weight",
    ]);
    assert.deepEqual(unknowns(...other, a({ healthCheckId: UNKNOWN })), ["pass ", "unknown healthCheckId"]);
  });

  it("says so where neither a PRIMARY nor a set with checks is there", () => {
    assert.deepEqual(judged(failoverRto, [resource("pulumi:pulumi:Stack", "stack", {}, { custom: false })]), [
      {
        verdict: "notApplicable",
        urn: urn("pulumi:pulumi:Stack", "stack"),
        path: "",
        message: "the stack has no PRIMARY record and no set that checks decide",
      },
    ]);
  });
});
