import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A DynamoDB global table (`replicas` of a table, or `TableReplica` resources) without a stream of NEW_AND_OLD_IMAGES, or with a replica that lacks point-in-time recovery, deletion protection, tags or a customer key that the primary copy has; a replica in the table's own region; a replica with the key of another region.",
  why: "DynamoDB replicates items, and none of what protects them: point-in-time recovery, deletion protection and tags are never synchronised, and a key is of one region. The lack shows only after a failover, when the replica is the only copy and a mistaken delete cannot be taken back. The stream is turned on by DynamoDB itself with the first replica and cannot be turned off, so a program that does not write it down fails with its next update.",
  sources: [
    {
      title:
        "DynamoDB developer guide, how global tables work: settings that are and are not synchronised, streams",
      url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html",
    },
    {
      title: "DynamoDB API reference, CreateReplicationGroupMemberAction: the key of a replica",
      url: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateReplicationGroupMemberAction.html",
    },
  ],
  lever:
    "Set `pointInTimeRecovery`, `deletionProtectionEnabled`, `propagateTags` and, with a customer key, `kmsKeyArn` on each replica as on the table. Deletion protection and tags cost nothing, point-in-time recovery is priced by the stored GB in each region, a key by the month; a changed key replaces the replica.",
  whenUnknown:
    "A region, switch or key that is computed from a resource which does not exist yet is an advisory at preview and judged again at `pulumi up`. A table whose list of replicas is unknown is unknown as a whole.",
  limits: [
    "Tags are compared by key; a role or region tag is meant to differ between copies.",
    "How many days point-in-time recovery keeps is not compared: an inline replica takes no number.",
    "A replica may have more than the primary; that is not refused.",
    "A TableReplica whose table is in another stack is judged by its region only.",
    "Contributor insights, Kinesis destinations and resource policies, which are not synchronised either, are not compared.",
    "Strongly consistent tables (consistencyMode STRONG) need no stream and are not judged for one.",
  ],
  whenNotToUse:
    "Where a replica only serves reads near its users and is never failed over to; set the rule to advisory there.",
};
