import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--hide-scrollbars",
  "--remote-debugging-pipe",
];

/** Where Chromium is on this machine; undefined where it is not. */
export function chromiumPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme?: "light" | "dark";
  readonly media?: "screen" | "print";
}

type Json = Record<string, unknown>;

/** One headless browser, spoken to over a pipe in the DevTools protocol, with one page. */
export class Chromium {
  /** What the page asked the network for, in order. */
  readonly requests: string[] = [];
  /** What went to the console, and what was thrown. */
  readonly complaints: string[] = [];
  private readonly waiting = new Map<
    number,
    { resolve: (result: Json) => void; reject: (e: Error) => void }
  >();
  private readonly events = new Map<string, () => void>();
  private calls = 0;
  private session: string | undefined;

  private constructor(
    private readonly browser: ChildProcess,
    private readonly profile: string,
  ) {
    let text = "";
    const pipe = browser.stdio[4] as Readable;
    pipe.setEncoding("utf8");
    pipe.on("data", (part: string) => {
      const messages = (text + part).split("\0");
      text = messages.pop() ?? "";
      for (const message of messages) this.receive(JSON.parse(message) as Json);
    });
    browser.once("exit", (code) => this.fail(new Error(`Chromium ended with code ${code}`)));
  }

  static async start(file: string): Promise<Chromium> {
    const profile = mkdtempSync(path.join(tmpdir(), "warm-standby-chromium-"));
    const browser = spawn(file, [...FLAGS, `--user-data-dir=${profile}`], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    const chromium = new Chromium(browser, profile);
    const { targetId } = await chromium.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await chromium.send("Target.attachToTarget", { targetId, flatten: true });
    chromium.session = sessionId as string;
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await chromium.send(`${domain}.enable`);
    return chromium;
  }

  /** Opens an address as it is looked at, and forgets what earlier pages asked for and complained about. */
  async open(url: string, { width, height, scheme = "light", media = "screen" }: Look): Promise<void> {
    this.requests.length = 0;
    this.complaints.length = 0;
    const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 500 };
    await this.send("Emulation.setDeviceMetricsOverride", metrics);
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await this.send("Emulation.setEmulatedMedia", { media, features });
    const loaded = new Promise<void>((resolve) => this.events.set("Page.loadEventFired", resolve));
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result } = await this.send("Runtime.evaluate", { expression, returnByValue: true });
    return (result as { value: T }).value;
  }

  /** The whole page as PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot", { captureBeyondViewport: true });
    return Buffer.from(data as string, "base64");
  }

  /** The page on paper, as PDF. */
  async print(): Promise<Buffer> {
    const { data } = await this.send("Page.printToPDF", { preferCSSPageSize: true });
    return Buffer.from(data as string, "base64");
  }

  async stop(): Promise<void> {
    const ended = once(this.browser, "exit");
    await Promise.race([this.send("Browser.close").catch(() => {}), ended]);
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private send(method: string, params: Json = {}): Promise<Json> {
    const id = ++this.calls;
    const sessionId =
      method.startsWith("Target.") || method.startsWith("Browser.") ? undefined : this.session;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      (this.browser.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  private receive({ id, result, error, method, params }: Json): void {
    const call = this.waiting.get(id as number);
    if (call) {
      this.waiting.delete(id as number);
      if (error) call.reject(new Error(JSON.stringify(error)));
      else call.resolve(result as Json);
      return;
    }
    if (method === "Network.requestWillBeSent")
      this.requests.push((params as { request: { url: string } }).request.url);
    if (["Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"].includes(method as string))
      this.complaints.push(JSON.stringify(params));
    this.events.get(method as string)?.();
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
