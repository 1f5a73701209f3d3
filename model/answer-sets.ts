import { byZone, type FailoverPlan, failoverPairs, type RecordSet, type Routing } from "./failover-plan";
import { nameKey, toldName } from "./relative-name";
import { isUnknown, type MaybeUnknown } from "./unknown";

/** How Route 53 chooses among the members of a set. */
export type SetRouting = Exclude<Routing["kind"], "simple" | "other">;

/** The record sets of one zone, name and type among which health decides, and the one whose loss is played. */
export interface AnswerSet {
  readonly name: string;
  readonly type: string;
  /** What its zone is called, where another zone of the plan has a set of the same name and type. */
  readonly zone?: string;
  readonly routing: SetRouting;
  /** The member whose endpoint fails: the PRIMARY of a pair; of other sets the heaviest, the first of equals. */
  readonly primary: RecordSet;
  /** Who serves then: the SECONDARY of a pair, the rest of other sets; never empty. */
  readonly others: readonly RecordSet[];
}

/**
 * Every set that has somebody to take over and whose answers some health decides: pairs first, each kind in the
 * order of the names. Weights without any health check share the load; they are no failover.
 */
export function answerSets(plan: FailoverPlan): AnswerSet[] {
  const pairs = failoverPairs(plan).map(
    ({ name, type, primary, secondary }): AnswerSet => ({
      name,
      type,
      routing: "failover",
      primary,
      others: [secondary],
    }),
  );
  return withZones([...pairs, ...memberSets(plan)]);
}

/** `app.example.com A`, with its zone where another zone has a set of that name too. */
export function setWords({ name, type, zone }: Pick<AnswerSet, "name" | "type" | "zone">): string {
  return zone === undefined ? `${name} ${type}` : `${name} ${type} in zone ${zone}`;
}

/** A zone of the stack is called as its resource is, another by its id; one that is not known yet not at all. */
function withZones(sets: readonly AnswerSet[]): AnswerSet[] {
  const zones = new Map<string, Set<MaybeUnknown<string>>>();
  for (const set of sets) {
    const words = setWords(set);
    zones.set(words, (zones.get(words) ?? new Set()).add(set.primary.zone));
  }
  return sets.map((set) => {
    const zone = set.primary.zone;
    const isAlone = (zones.get(setWords(set))?.size ?? 0) < 2;
    return isAlone || isUnknown(zone) ? set : { ...set, zone: zone.split("::").at(-1) ?? zone };
  });
}

/** The set with this member as the one whose loss is played; undefined where it has no such member. */
export function withLost(set: AnswerSet, isLost: (member: RecordSet) => boolean): AnswerSet | undefined {
  const members = setMembers(set);
  const primary = members.find(isLost);
  return primary && { ...set, primary, others: members.filter((member) => member !== primary) };
}

/** Every member, the one whose loss is played first. */
export function setMembers({ primary, others }: AnswerSet): RecordSet[] {
  return [primary, ...others];
}

/** What a member is called: its role in a pair, else its set identifier, else the last part of its URN. */
export function memberName({ routing, setIdentifier, urn }: RecordSet): string {
  if (routing.kind === "failover" && !isUnknown(routing.role)) return routing.role;
  if (typeof setIdentifier === "string" && setIdentifier !== "") return setIdentifier;
  return urn.split("::").at(-1) ?? urn;
}

function memberSets(plan: FailoverPlan): AnswerSet[] {
  const groups = new Map<string, { name: string; type: string; routing: SetRouting; members: RecordSet[] }>();
  for (const record of plan.recordSets) {
    const { type, routing } = record;
    if (routing.kind === "failover" || routing.kind === "simple" || routing.kind === "other") continue;
    const name = toldName(record);
    const ownKey = nameKey(record);
    if (isUnknown(name) || isUnknown(ownKey) || isUnknown(type)) continue;
    const key = `${ownKey} ${type} ${routing.kind}`;
    const group = groups.get(key);
    if (group) group.members.push(record);
    else groups.set(key, { name, type, routing: routing.kind, members: [record] });
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { name, type, routing, members: ofAllZones }]) =>
      byZone(ofAllZones).flatMap((members) => {
        const primary = heaviest(members);
        const others = members.filter((member) => member !== primary);
        if (!primary || others.length === 0 || !members.some(hasHealth)) return [];
        return [{ name, type, routing, primary, others }];
      }),
    );
}

/** Whether anything can make a record unhealthy; a record without either counts as healthy always. */
function hasHealth({ healthCheck, target }: RecordSet): boolean {
  return healthCheck.kind !== "none" || (target.kind === "alias" && target.evaluateTargetHealth !== false);
}

function heaviest(members: readonly RecordSet[]): RecordSet | undefined {
  const weightOf = ({ routing }: RecordSet) =>
    routing.kind === "weighted" && !isUnknown(routing.weight) ? routing.weight : 0;
  return members.reduce<RecordSet | undefined>(
    (best, member) => (best && weightOf(best) >= weightOf(member) ? best : member),
    undefined,
  );
}
