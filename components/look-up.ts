import * as pulumi from "@pulumi/pulumi";

/**
 * Waits for a question to AWS. What AWS refuses is for whoever runs the program to mend, so it becomes one line
 * without a stack trace.
 *
 * @param what is looked up, and `lever` what to do about it; both for the message.
 * @throws pulumi.RunError
 */
export async function lookUp<T>(what: string, answer: Promise<T>, lever: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const [reason = ""] = String(error instanceof Error ? error.message : error)
      // Pulumi puts the function's token before the provider's own words.
      .replace(/^(invocation of \S+ returned an error|Invoke of '\S+' failed): /, "")
      .replace(/^invoking \S+: (\d+ errors? occurred:\s*\* )?/, "")
      .split("\n");
    throw new pulumi.RunError(`${what} cannot be looked up: ${reason.trim()}; ${lever}`);
  }
}
