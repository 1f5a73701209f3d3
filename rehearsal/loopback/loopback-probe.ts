import { type ClientRequest, request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { type EndpointCheckType, PROBE_LIMITS_SECONDS, SEARCHED_BODY_BYTES } from "../../model/health-check";
import type { ProbeObservation } from "../simulation/probe";
import type { SystemClock } from "./system-clock";

export interface ProbeRequest {
  readonly type: EndpointCheckType;
  /** On 127.0.0.1. */
  readonly port: number;
  readonly hostHeader: string;
  readonly path: string;
}

/**
 * One real probe of an endpoint on this machine, observed in system time and given up at the checkers' limits.
 * HTTPS is played as HTTP: the loopback has no certificates, and checkers do not validate them anyway.
 * @throws the reason of `signal` when it fires; the socket is closed by then.
 */
export async function probeOnce(
  probe: ProbeRequest,
  clock: SystemClock,
  signal: AbortSignal,
): Promise<ProbeObservation> {
  signal.throwIfAborted();
  const observation =
    probe.type === "TCP" ? await probeTcp(probe, clock, signal) : await probeHttp(probe, clock, signal);
  signal.throwIfAborted();
  return observation;
}

function probeTcp(probe: ProbeRequest, clock: SystemClock, signal: AbortSignal): Promise<ProbeObservation> {
  return new Promise((resolve) => {
    const startedMs = clock.nowMs();
    const socket: Socket = connect({ host: "127.0.0.1", port: probe.port });
    const settle = (connectMs: ProbeObservation["connectMs"]) => {
      limit.clear();
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve({ connectMs });
    };
    const onAbort = () => settle("timeout");
    const limit = new Limit(clock, () => settle("timeout"));
    limit.set(PROBE_LIMITS_SECONDS.tcpConnect);
    signal.addEventListener("abort", onAbort);
    socket.on("error", () => settle("refused"));
    socket.on("connect", () => settle(clock.nowMs() - startedMs));
  });
}

function probeHttp(probe: ProbeRequest, clock: SystemClock, signal: AbortSignal): Promise<ProbeObservation> {
  return new Promise((resolve) => {
    const startedMs = clock.nowMs();
    let seen: ProbeObservation = { connectMs: "timeout" };
    let stepMs = startedMs;
    const request: ClientRequest = httpRequest({
      host: "127.0.0.1",
      port: probe.port,
      path: probe.path,
      agent: false,
      headers: {
        host: probe.hostHeader,
        "user-agent": "Amazon-Route53-Health-Check-Service",
        connection: "close",
      },
    });
    const settle = () => {
      limit.clear();
      signal.removeEventListener("abort", settle);
      request.destroy();
      resolve(seen);
    };
    const step = (): number => {
      const tookMs = clock.nowMs() - stepMs;
      stepMs += tookMs;
      return tookMs;
    };
    const limit = new Limit(clock, settle);
    limit.set(PROBE_LIMITS_SECONDS.httpConnect);
    signal.addEventListener("abort", settle);
    request.on("error", () => {
      // An error after the connection is a missing answer, not a refusal.
      if (seen.connectMs === "timeout") seen = { connectMs: "refused" };
      settle();
    });
    request.on("socket", (socket) =>
      socket.once("connect", () => {
        seen = { connectMs: step() };
        limit.set(PROBE_LIMITS_SECONDS.httpResponse);
      }),
    );
    request.on("response", (response) => {
      seen = { ...seen, responseMs: step(), status: response.statusCode };
      if (probe.type === "HTTP" || probe.type === "HTTPS") return settle();
      limit.set(PROBE_LIMITS_SECONDS.body);
      const chunks: Buffer[] = [];
      let bytes = 0;
      const finish = () => {
        seen = { ...seen, bodyMs: step(), body: Buffer.concat(chunks) };
        settle();
      };
      response.on("error", settle);
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= SEARCHED_BODY_BYTES) finish();
      });
      response.on("end", finish);
    });
    request.end();
  });
}

/** One time limit in system seconds; setting it again replaces it. */
class Limit {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly clock: SystemClock,
    private readonly onPassed: () => void,
  ) {}

  set(seconds: number): void {
    this.clear();
    this.timer = setTimeout(this.onPassed, this.clock.realMs(seconds * 1_000));
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}
