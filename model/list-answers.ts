import type { RecordSet } from "./failover-plan";

/** What was found out about a list of records, by the question; for the plan's own lists, which never change. */
export type ListAnswers<Value> = WeakMap<readonly RecordSet[], Map<string, Value>>;

/**
 * Asks each list once for each question: records that share what is behind them would else multiply with every step
 * of a tree.
 * @param question everything but the list on which the answer depends.
 */
export function answerOnce<Value>(
  answers: ListAnswers<Value>,
  records: readonly RecordSet[],
  question: string,
  find: () => Value,
): Value {
  const ofList = answers.get(records) ?? new Map<string, Value>();
  answers.set(records, ofList);
  // That there is none is an answer too.
  if (ofList.has(question)) return ofList.get(question) as Value;
  const value = find();
  ofList.set(question, value);
  return value;
}
