/** What the virtual clock tells of: the kinds of a cutover's events, with their subject and detail. */
export const Happens = {
  /** checker, check */
  ProbeSent: 0,
  /** checker, 2 * check + passed */
  ProbeJudged: 1,
  /** name server, number of the change */
  HealthArrives: 2,
  /** resolver */
  ResolverAsks: 3,
  Fault: 4,
  Heal: 5,
  /** the phase that is given up */
  PatienceEnds: 6,
  /** 0, check */
  MetricPublished: 7,
  /** number of the happening in the scenario */
  Scheduled: 8,
  /** resolver */
  SharedAnswerExpires: 9,
} as const;
