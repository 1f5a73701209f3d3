import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";

export type AlertReceiver =
  /** Whoever subscribes later. */
  | { readonly kind: "topic" }
  /** AWS asks the address to confirm before it sends anything. */
  | { readonly kind: "email"; readonly address: string };

export interface AlertTopicArgs {
  /** @default topic: nobody is subscribed. */
  readonly receiver?: AlertReceiver;
  /** Alarms reach only topics of their own region. @default the provider's region */
  readonly region?: string;
  /** @default the provider's default tags alone */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * An SNS topic for the alarms of one region. It is not encrypted: with the AWS-managed key CloudWatch may not
 * publish to it, and the messages carry no data of users.
 */
export class AlertTopic extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AlertTopicArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:AlertTopic", name, {}, opts);
    const region = args.region === undefined ? {} : { region: args.region };
    const topic = new sns.Topic(
      `${name}-topic`,
      { ...region, ...(args.tags ? { tags: args.tags } : {}) },
      childOptions(this, opts),
    );
    if (args.receiver?.kind === "email") {
      new sns.TopicSubscription(
        `${name}-email`,
        { ...region, topic: topic.arn, protocol: "email", endpoint: args.receiver.address },
        childOptions(this, opts),
      );
    }
    this.arn = topic.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
