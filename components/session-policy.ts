import type { PolicyDocument } from "./function-policy";

/** Only an EC2 instance may take the role. */
export const INSTANCE_TRUST_POLICY: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "InstanceAssumesRole",
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Principal: { Service: "ec2.amazonaws.com" },
    },
  ],
};

/**
 * What Session Manager needs of an instance, and nothing else of Systems Manager: the managed policy
 * AmazonSSMManagedInstanceCore would let it read every parameter of the account. The four channel actions on `*` are
 * those of the Systems Manager user guide, "Add Session Manager permissions to an existing IAM role"; an instance
 * registers by UpdateInstanceInformation besides.
 */
export const SESSION_POLICY: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "SessionManager",
      Effect: "Allow",
      Action: [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      Resource: ["*"],
    },
  ],
};
