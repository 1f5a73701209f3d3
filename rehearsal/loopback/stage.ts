import { isUnknown } from "../../model/unknown";
import { withUrn } from "../../model/urn-index";
import type { DnsAnswer } from "../simulation/answer";
import { stream } from "../simulation/random";
import type { FaultKind, PlainScenario, PlayedFault } from "../simulation/scenario";
import { AddressBook } from "./address-book";
import { Client, type Place } from "./client";
import { Crowd } from "./crowd";
import type { DnsQuestion } from "./dns-message";
import { DnsServer } from "./dns-server";
import { doorsOf, schemesOf } from "./doors";
import { FirstSeen } from "./first-seen";
import { HealthTable } from "./health-table";
import { visit } from "./http-visit";
import { Monitor } from "./monitor";
import type { Play, PlayedEndpoint } from "./play";
import { Prober } from "./prober";
import { RegionEndpoint } from "./region-endpoint";
import { type ItemWrite, RegionStore } from "./region-store";
import type { FaultPlace, RehearsedApp } from "./rehearsed-app";
import { Replicator } from "./replicator";
import type { RunScope } from "./run-scope";
import { StubResolver } from "./stub-resolver";
import type { Emit, SystemClock } from "./system-clock";
import { Writer } from "./writer";
import { ZoneAnswers } from "./zone-answers";

const WARM_UP_REAL_MS = 10_000;
/** So many visitors, each with a resolver of their own, show the share that a member of a set has. */
const CLIENTS_OF_A_SET = 16;
/** Each of them comes so many times less often than a visitor who is alone, and than this machine could bear. */
const REQUESTS_APART = 4;
const PACE_OF_A_SET_REAL_MS_MIN = 320;

/** What an application's own places make of a fault. */
function plainKindOf(fault: PlayedFault): FaultKind {
  switch (fault.kind) {
    case "silent":
      return "hang";
    case "stops":
      return "refuse";
    case "health-fails":
      return fault.as;
    case "invert-check":
      return "http-503";
    default:
      return fault.kind;
  }
}

export interface StageSettings {
  readonly play: Play;
  readonly app: RehearsedApp;
  readonly scenario: PlainScenario;
  readonly seed: number;
  /** The middle of the replication lags, in system milliseconds. */
  readonly replicationLagMs: number;
  readonly clock: SystemClock;
  /** Owns every server and every task of the stage. */
  readonly scope: RunScope;
  readonly emit: Emit;
}

/** Who looks at the system from outside. */
export interface Visitors {
  readonly crowd: Crowd;
  readonly monitor: Monitor;
  /** Undefined where the application makes no writes, or the plan has no table to find them in. */
  readonly writer: Writer | undefined;
}

/** Everything that takes part in a rehearsal, with real sockets on 127.0.0.1. */
export class Stage {
  /** The endpoints' by URN: HTTPS where it is spoken, HTTP otherwise. */
  readonly ports: { dns: number; endpoints: Record<string, number> } = { dns: 0, endpoints: {} };
  private readonly stores = new Map<string, RegionStore>();
  private readonly replicator: Replicator;
  private readonly book: AddressBook;
  private readonly endpoints = new Map<string, RegionEndpoint>();
  private readonly health: HealthTable;
  private readonly answer: (question: DnsQuestion) => DnsAnswer;
  private probers: readonly Prober[] = [];
  /** Endpoints that were stopped; each time it is another. */
  private readonly stopping = new Map<string, object>();
  private visitors: Visitors | undefined;

  constructor(private readonly settings: StageSettings) {
    const { play, clock, seed, scope, replicationLagMs } = settings;
    const { plan } = play;
    this.book = new AddressBook(plan.endpoints);
    this.health = new HealthTable(plan.healthChecks, { clock, seed, spawn: scope.spawn });
    const zone = {
      plan,
      addressesOf: (urn: string, type: "A" | "AAAA") => this.book.addressesOf(urn, type),
    };
    const random = stream(seed, "loopback/answers");
    this.answer = new ZoneAnswers(zone, this.health.isHealthy, random).answer;
    this.replicator = new Replicator({
      clock,
      lagMs: replicationLagMs,
      random: stream(seed, "loopback/replication-lag"),
      onReplica: (replica) => this.visitors?.writer?.noteReplica(replica),
    });
    const replicated = new Set(
      play.tables.flatMap(({ name, regions }) => (regions.length > 1 ? [name] : [])),
    );
    const onWrite = (write: ItemWrite) => {
      if (replicated.has(write.table)) this.replicator.accept(write);
    };
    for (const region of new Set(play.endpoints.flatMap((endpoint) => this.storeRegionOf(endpoint) ?? []))) {
      this.stores.set(region, new RegionStore(region, play.tables, () => clock.nowMs(), onWrite));
    }
  }

  /** Starts the servers, warms the application up (cold starts are not played), then starts everyone else. */
  async start(): Promise<Visitors> {
    const { play, scope } = this.settings;
    await Promise.all([...this.stores.values()].map((store) => scope.own(store).start()));
    for (const endpoint of play.endpoints) await this.startEndpoint(endpoint);
    const dns = scope.own(
      new DnsServer((question) => {
        const found = this.answer(question);
        this.visitors?.monitor.hear(question, found);
        return found;
      }),
    );
    this.ports.dns = await dns.start();
    for (const endpoint of play.endpoints) await this.warmUp(endpoint);
    this.startReplication();
    this.startProbes();
    return this.startVisitors();
  }

  /** Whether all is well: every checker has had a result, the primary is named and serves; of a set, anybody. */
  get isAtRest(): boolean {
    const { set, primary } = this.settings.play;
    const { visitors } = this;
    if (!visitors || !this.health.isCurrent || !this.probers.every(({ isSettled }) => isSettled))
      return false;
    const { named } = visitors.monitor;
    return set.routing === "failover"
      ? named === primary.urn &&
          visitors.crowd.isServedBy(primary.urn) &&
          visitors.crowd.areLedTo(primary.urn)
      : named !== null && visitors.crowd.isServed;
  }

  /**
   * Why the primary counts as healthy only because its check is new; undefined where each checker has seen it so. Of
   * a calculated check as many children must have been seen healthy as it needs.
   */
  get doubt(): string | undefined {
    const { plan, set } = this.settings.play;
    const { healthCheck } = set.primary;
    const check = healthCheck.kind === "check" ? withUrn(plan.healthChecks, healthCheck.urn) : undefined;
    if (!check || check.disabled === true) return undefined;
    const sources = check.type === "CALCULATED" ? check.children : [check.urn];
    const doubts = this.probers.flatMap(({ urn, doubt }) => (sources.includes(urn) ? [doubt] : []));
    const needed = check.type === "CALCULATED" ? check.childHealthThreshold : doubts.length;
    const silent = sources.length - doubts.length;
    const seen = doubts.filter((doubt) => doubt === undefined).length + silent;
    if (isUnknown(needed) || seen >= (needed ?? doubts.length)) return undefined;
    return doubts.find((doubt) => doubt !== undefined);
  }

  /** Whether the doubt may be this machine's: the checkers were answered, but too late at this speed. */
  get isLate(): boolean {
    const { primaryChecks } = this.settings.play;
    return this.probers.some(
      ({ urn, doubt, isLate }) => primaryChecks.includes(urn) && isLate && doubt !== undefined,
    );
  }

  /** Whether nothing is on its way into a store: no request is being handled and no write replicated. */
  get isQuiet(): boolean {
    return this.replicator.pending === 0 && [...this.endpoints.values()].every(({ isIdle }) => isIdle);
  }

  /** Whether the DNS servers believe every member of the set to be unhealthy. */
  get isAllDown(): boolean {
    const { primary, others } = this.settings.play.set;
    return [primary, ...others].every(
      ({ healthCheck }) => healthCheck.kind === "check" && !this.health.isHealthy(healthCheck.urn),
    );
  }

  /** Throws the primary's switch, or those of another place. */
  async inject(place: FaultPlace | undefined): Promise<void> {
    const { play, scenario } = this.settings;
    const { fault } = scenario;
    const { replicationStops } = fault;
    if (!place && replicationStops) this.replicator.stop();
    for (const urn of place ? (place.endpoints ?? []) : [play.primary.urn]) {
      await this.breakEndpoint(urn, fault);
    }
    await place?.inject?.(plainKindOf(fault));
  }

  private async breakEndpoint(urn: string, fault: PlayedFault): Promise<void> {
    const { play, scope, clock } = this.settings;
    const endpoint = this.endpoints.get(urn);
    const ownChecks = play.checks.filter((check) => play.primaryChecks.includes(check.urn));
    switch (fault.kind) {
      case "silent":
        this.book.setSilent(urn, true);
        return endpoint?.inject("hang");
      case "stops": {
        const stop = {};
        this.stopping.set(urn, stop);
        scope.spawn(async (signal) => {
          await clock.sleep(fault.afterSeconds * 1_000, signal);
          if (this.stopping.get(urn) === stop) this.book.setSilent(urn, true);
        });
        return endpoint?.inject("refuse");
      }
      case "health-fails":
        return endpoint?.inject(
          fault.as,
          ownChecks.flatMap(({ type, path }) => (type === "TCP" ? [] : (path.split("?", 1)[0] ?? path))),
        );
      case "invert-check":
        return this.switchInversion();
      default:
        return endpoint?.inject(fault.kind);
    }
  }

  /** The switch is that of the primary's own check: one that adds up children inverts the sum. */
  private switchInversion(): void {
    const { healthCheck } = this.settings.play.set.primary;
    if (healthCheck.kind !== "check") return;
    if (this.health.isCalculated(healthCheck.urn)) this.health.switchInversion(healthCheck.urn);
    else this.probers.find(({ urn }) => urn === healthCheck.urn)?.switchInversion();
  }

  async heal(place: FaultPlace | undefined): Promise<void> {
    for (const urn of place ? (place.endpoints ?? []) : [this.settings.play.primary.urn]) {
      this.stopping.delete(urn);
      this.book.setSilent(urn, false);
      await this.endpoints.get(urn)?.heal();
    }
    if (this.settings.scenario.fault.kind === "invert-check") this.switchInversion();
    await place?.heal?.();
    this.replicator.resume();
  }

  /** The store of the primary, and that of the first of the others: one where both use the same. */
  get replicatedStores(): RegionStore[] {
    const { primary, others } = this.settings.play;
    return [...new Set([primary, ...others.slice(0, 1)].flatMap((endpoint) => this.storeOf(endpoint) ?? []))];
  }

  storeOf(endpoint: PlayedEndpoint): RegionStore | undefined {
    const region = this.storeRegionOf(endpoint);
    return region === undefined ? undefined : this.stores.get(region);
  }

  /** The endpoint's own region where a table is there too; otherwise the region of the first table. */
  private storeRegionOf({ region }: PlayedEndpoint): string | undefined {
    const { tables } = this.settings.play;
    const [first] = tables;
    if (!first) return undefined;
    const isHere = region !== null && tables.some(({ regions }) => regions.includes(region));
    return isHere ? region : (first.regions[0] ?? region ?? undefined);
  }

  private async startEndpoint(endpoint: PlayedEndpoint): Promise<void> {
    const { app, play, scope } = this.settings;
    const { urn, region } = endpoint;
    const served = await app.serve(endpoint, {
      region,
      tables: play.tables,
      dynamodbEndpoint: this.storeOf(endpoint)?.endpoint,
    });
    scope.own({ close: () => served.close?.() });
    const doors = app.doors?.(endpoint) ?? doorsOf(endpoint);
    const listening = scope.own(new RegionEndpoint({ schemes: schemesOf(doors), handle: served.handle }));
    const ports = await listening.start();
    this.endpoints.set(urn, listening);
    this.book.listensAt(urn, { doors, ports });
    this.ports.endpoints[urn] = ports.https ?? ports.http ?? 0;
  }

  private async warmUp(endpoint: PlayedEndpoint): Promise<void> {
    const { app, play, scope } = this.settings;
    const to = { port: this.ports.endpoints[endpoint.urn] ?? 0, host: endpoint.hostNames[0] ?? play.name };
    for (const each of app.warmUp?.(endpoint) ?? []) await visit(to, each, WARM_UP_REAL_MS, scope.signal);
  }

  private startReplication(): void {
    const [primary, standby] = this.replicatedStores;
    if (!primary || !standby) return;
    this.replicator.connect(primary, standby);
    this.settings.scope.spawn((signal) => this.replicator.run(signal));
  }

  private startProbes(): void {
    const { play, scope, clock, seed, emit } = this.settings;
    const { book, answer, health } = this;
    const onHealth = (check: string, healthy: boolean) => health.report(check, healthy);
    this.probers = play.checks.map(
      (check) => new Prober(check, { book, answer, clock, seed, emit, onHealth }),
    );
    for (const prober of this.probers) scope.spawn((signal) => prober.run(signal));
  }

  private startVisitors(): Visitors {
    const { app, scope, emit } = this.settings;
    const { writes } = app;
    const monitor = new Monitor({ ...this.place("monitor", false), emit });
    const crowd = this.crowd();
    const canWrite = writes && (!writes.stored || this.stores.size > 0);
    const writer = canWrite ? new Writer({ ...this.place("writer", true), writes, emit }) : undefined;
    this.visitors = { crowd, monitor, writer };
    if (writer) scope.spawn((signal) => writer.run(signal));
    scope.spawn((signal) => monitor.run(signal));
    for (const client of crowd.clients) scope.spawn((signal) => client.run(signal, scope.spawn));
    return this.visitors;
  }

  /** One visitor of each group to a pair; many to a set, each a few times less often. */
  private crowd(): Crowd {
    const { play, app, scenario, clock, seed, emit } = this.settings;
    const { requestIntervalMs } = scenario.traffic;
    const served = new FirstSeen();
    // The times are those of the first group; what the others meet is in their own samples.
    const elsewhere = new FirstSeen();
    if (app.visitors.length > 1) {
      for (const { name, notCovered = null } of app.visitors)
        emit({ kind: "group", group: name, notCovered });
    }
    const isPair = play.set.routing === "failover";
    const count = isPair ? 1 : CLIENTS_OF_A_SET;
    const intervalMs = isPair
      ? requestIntervalMs
      : Math.max(requestIntervalMs * REQUESTS_APART, PACE_OF_A_SET_REAL_MS_MIN * clock.speed);
    const clients = app.visitors.flatMap((group, groupIndex) =>
      Array.from({ length: count }, (_, client) => {
        const number = groupIndex * count + client;
        const visitor = number === 0 ? "client" : `client-${number}`;
        const phaseMs = number === 0 ? 0 : stream(seed, `loopback/${visitor}/phase`).uniform() * intervalMs;
        const label = {
          ...(app.visitors.length > 1 ? { group: group.name } : {}),
          ...(count > 1 ? { client } : {}),
        };
        return new Client({
          ...this.place(visitor, true),
          group,
          intervalMs,
          phaseMs,
          label,
          served: groupIndex === 0 ? served : elsewhere,
          emit,
        });
      }),
    );
    return new Crowd(clients, served);
  }

  /** Everyone has a resolver of their own, at a point of its TTL of its own. */
  private place(visitor: string, keeps: boolean): Place {
    const { play, clock, seed } = this.settings;
    const firstAnswerAge = stream(seed, `loopback/${visitor}/first-answer-age`).uniform();
    return {
      name: play.name,
      addressType: play.addressType,
      resolver: new StubResolver({ port: this.ports.dns, clock, keeps, firstAnswerAge }),
      book: this.book,
      clock,
    };
  }
}
