import { hostedZones, MemoryAccount } from "../aws/account";
import { AccountDirectory } from "./account-directory";
import { StandinProvider } from "./provider";
import { serveProvider } from "./provider-server";

/**
 * The stand-in as a provider plugin. A project points Pulumi's engine at it in `Pulumi.yaml`, under
 * `plugins: providers:`, with the name `aws` and the path of this folder; nothing is downloaded then.
 */

/** Directory that holds the account, for several processes and updates to share; without it each has its own. */
const ACCOUNT_DIRECTORY = "STANDIN_ACCOUNT_DIR";
/** Names of hosted zones that exist already, with commas between. */
const HOSTED_ZONES = "STANDIN_HOSTED_ZONES";

const PARENT_WATCH_MS = 500;

const zones = hostedZones((process.env[HOSTED_ZONES] ?? "").split(",").filter((name) => name !== ""));
const directory = process.env[ACCOUNT_DIRECTORY];
const account = directory ? new AccountDirectory(directory, zones) : new MemoryAccount(false, zones);

// The engine reads the port from the first line.
serveProvider(new StandinProvider(account)).then((port) => console.log(String(port)));

// An engine that is killed stops none of its plugins.
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) process.exit(1);
}, PARENT_WATCH_MS).unref();
