// The queues of a program and the targets of its blocks → findings on messages that never arrive.
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import { kebab } from "../model/kebab";
import type { EdgeBlock, Program, TargetName } from "../model/program";
import { refusal } from "../model/support";
import { targetOf } from "./target-of";

const hasQueues = ({ target }: EdgeBlock): boolean =>
  refusal(targetOf(target).support, "queue") === null;

/**
 * Checks that every queue of the file is sent to where it is consumed: each platform has queues of its
 * own, and none hands messages to another's. A queue has one consumer; one without any is another file's.
 */
export function checkQueues({ blocks }: Program, findings: Findings): void {
  const able = blocks.filter(hasQueues);
  const consumed = new Map<string, TargetName | null>();
  for (const { target, consumers } of able) {
    // A queue with two consumers is reported where the file is read.
    for (const { queue } of consumers) {
      consumed.set(kebab(queue), consumed.has(kebab(queue)) ? null : target);
    }
  }
  for (const { target, bindings, consumers } of able) {
    const sent = bindings.filter(({ kind }) => kind === "queue");
    const dead = consumers.flatMap(({ range, options: { deadLetterQueue: name } }) =>
      name === null ? [] : [{ name, range }],
    );
    for (const { name, range } of [...sent, ...dead]) {
      const other = consumed.get(kebab(name));
      if (!other || other === target) continue;
      findings.report(range, codes.queuePlatforms({ queue: name, target, other }));
    }
  }
}
