import type { Outputs } from "../../contract/outputs";

/** A stack that keeps the contract. */
export const SAMPLE_OUTPUTS: Outputs = {
  schema: "warm-standby/outputs/v1",
  system: "profile-api",
  environment: "dev",
  endpoints: {
    failoverUrl: "https://profiles.example.com",
    regionalUrls: {
      primary: "https://us-east-1.profiles.example.com",
      standby: "https://us-west-2.profiles.example.com",
    },
  },
  regions: { primary: "us-east-1", standby: "us-west-2" },
  healthCheckId: "11111111-2222-3333-4444-555555555555",
  table: {
    name: "profiles-table-1",
    arns: {
      primary: "arn:aws:dynamodb:us-east-1:123456789012:table/profiles-table-1",
      standby: "arn:aws:dynamodb:us-west-2:123456789012:table/profiles-table-1",
    },
  },
  zoneId: "Z1",
  records: [
    { name: "profiles.example.com", type: "A", role: "PRIMARY", setIdentifier: "primary" },
    { name: "profiles.example.com", type: "A", role: "SECONDARY", setIdentifier: "standby" },
  ],
  alarmTopicArns: {
    health: "arn:aws:sns:us-east-1:123456789012:health",
    replication: "arn:aws:sns:us-east-1:123456789012:replication",
    standbyErrors: "arn:aws:sns:us-west-2:123456789012:standby-errors",
  },
  rto: { objectiveSeconds: 300, boundSeconds: 144, basis: "bound" },
};
