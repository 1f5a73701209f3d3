import { PolicyPack } from "@pulumi/policy";
import { asOfDay } from "./as-of";
import { GivenInputs } from "./given-inputs";
import { rules } from "./rules/registry";
import { stackPolicies } from "./stack-policies";

const given = new GivenInputs();
given.listen();

new PolicyPack("warm-standby", {
  displayName: "warm-standby",
  description:
    "Judges failover systems on AWS: how fast they recover, and what the standby costs while idle.",
  provider: "AWS",
  tags: ["aws", "failover", "cost"],
  enforcementLevel: "mandatory",
  policies: stackPolicies(rules, process.env, asOfDay(process.env, new Date()), given),
});
