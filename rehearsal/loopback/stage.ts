import type { FailoverPlan } from "../../model/failover-plan";
import type { DnsAnswer } from "../simulation/answer";
import { stream } from "../simulation/random";
import type { PlainScenario } from "../simulation/scenario";
import { AddressBook } from "./address-book";
import { Client, type Place } from "./client";
import type { DnsQuestion } from "./dns-message";
import { DnsServer } from "./dns-server";
import { HealthTable } from "./health-table";
import { visit } from "./http-visit";
import { Monitor } from "./monitor";
import type { Play, PlayedEndpoint } from "./play";
import { Prober } from "./prober";
import { RegionEndpoint } from "./region-endpoint";
import { RegionStore } from "./region-store";
import type { RehearsedApp } from "./rehearsed-app";
import { Replicator } from "./replicator";
import type { RunScope } from "./run-scope";
import { StubResolver } from "./stub-resolver";
import type { Emit, SystemClock } from "./system-clock";
import { Writer } from "./writer";
import { ZoneAnswers } from "./zone-answers";

/** What the clients read; it is there from the beginning, in both regions. */
const READ_ID = "reader";
const WARM_UP_REAL_MS = 10_000;

export interface StageSettings {
  readonly plan: FailoverPlan;
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
  readonly client: Client;
  readonly monitor: Monitor;
  /** Undefined where the plan has no table to write to. */
  readonly writer: Writer | undefined;
}

/** Everything that takes part in a rehearsal, with real sockets on 127.0.0.1. */
export class Stage {
  readonly ports: { dns: number; endpoints: Record<string, number> } = { dns: 0, endpoints: {} };
  readonly stores = new Map<string, RegionStore>();
  private readonly replicator: Replicator;
  private readonly book: AddressBook;
  private readonly endpoints = new Map<string, RegionEndpoint>();
  private readonly health: HealthTable;
  private readonly answer: (question: DnsQuestion) => DnsAnswer;
  private probers: readonly Prober[] = [];
  private visitors: Visitors | undefined;

  constructor(private readonly settings: StageSettings) {
    const { plan, play, clock, seed, scope, replicationLagMs } = settings;
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
    for (const region of new Set(play.endpoints.map((endpoint) => endpoint.region))) {
      const onWrite = this.replicator.accept.bind(this.replicator);
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

  /** Whether all is well: every checker has had a result, and the primary is named and serves. */
  get isAtRest(): boolean {
    const { urn } = this.settings.play.primary;
    return (
      this.probers.every(({ isSettled }) => isSettled) &&
      this.health.isCurrent &&
      this.visitors?.monitor.named === urn &&
      this.visitors.client.servedBy === urn
    );
  }

  /** Whether nothing is on its way into a store: no request is being handled and no write replicated. */
  get isQuiet(): boolean {
    return this.replicator.pending === 0 && [...this.endpoints.values()].every(({ isIdle }) => isIdle);
  }

  async inject(): Promise<void> {
    const { play, scenario } = this.settings;
    if (scenario.fault.replicationStops) this.replicator.stop();
    await this.endpoints.get(play.primary.urn)?.inject(scenario.fault.kind);
  }

  async heal(): Promise<void> {
    await this.endpoints.get(this.settings.play.primary.urn)?.heal();
    this.replicator.resume();
  }

  private async startEndpoint({ urn, region, hostNames }: PlayedEndpoint): Promise<void> {
    const { app, play, scope } = this.settings;
    const dynamodbEndpoint = this.stores.get(region)?.endpoint ?? "";
    const instance = scope.own(
      app.create({ region, tableName: play.tables[0]?.name ?? "", dynamodbEndpoint }),
    );
    const endpoint = new RegionEndpoint({ hostNames, routeKeys: app.routeKeys, handler: instance.handler });
    const port = await scope.own(endpoint).start();
    this.endpoints.set(urn, endpoint);
    this.book.listensAt(urn, port);
    this.ports.endpoints[urn] = port;
  }

  private async warmUp({ urn, hostNames }: PlayedEndpoint): Promise<void> {
    const { app, scope } = this.settings;
    const to = { port: this.book.portOf(urn) ?? 0, host: hostNames[0] ?? "" };
    await visit(to, app.write(READ_ID, "read by everyone"), WARM_UP_REAL_MS, scope.signal);
    await visit(to, app.read(READ_ID), WARM_UP_REAL_MS, scope.signal);
  }

  /** The store of the primary's region and that of the standby's; one where both are in the same region. */
  get replicatedStores(): RegionStore[] {
    const { primary, standby } = this.settings.play;
    return [...new Set([primary.region, standby.region])].flatMap((region) => this.stores.get(region) ?? []);
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
      (check) => new Prober(check, { endpoints: play.endpoints, book, answer, clock, seed, emit, onHealth }),
    );
    for (const prober of this.probers) scope.spawn((signal) => prober.run(signal));
  }

  private startVisitors(): Visitors {
    const { play, app, scenario, scope, emit } = this.settings;
    const [table] = play.tables;
    const monitor = new Monitor({ ...this.place("monitor", false), emit });
    const { requestIntervalMs: intervalMs } = scenario.traffic;
    const client = new Client({ ...this.place("client", true), app, id: READ_ID, intervalMs, emit });
    const keyOf = (id: string) => ({ table: table?.name ?? "", key: { [table?.hashKey ?? ""]: { S: id } } });
    const writer = table && new Writer({ ...this.place("writer", true), app, keyOf, emit });
    this.visitors = { client, monitor, writer };
    if (writer) scope.spawn((signal) => writer.run(signal));
    scope.spawn((signal) => monitor.run(signal));
    scope.spawn((signal) => client.run(signal, scope.spawn));
    return this.visitors;
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
