// The routes of a block, in order → warnings of those that earlier ones leave no request (spec 11.2).
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { Health, Route } from "../model/program";
import type { Segment } from "../model/segment";
import { shapeOf } from "./path";

/** A route, and where it stands among the others. */
interface Placed {
  readonly route: Route;
  readonly index: number;
}

/** Routes of one method by the parts of their paths. */
interface Level {
  /** The first whose path ends here. */
  end: Placed | null;
  /** The first that takes whatever follows. */
  open: Placed | null;
  readonly literals: Map<string, Level>;
  param: Level | null;
}

const level = (): Level => ({ end: null, open: null, literals: new Map(), param: null });

/** Reports each route, and the health check, whose requests all go to an earlier route. */
export function reportHidden(
  routes: readonly Route[],
  health: Health | null,
  findings: Findings,
): void {
  const methods = new Map<string, Level>();
  for (let index = 0; index < routes.length; index++) {
    const route = routes[index] as Route;
    if (!route.isKnown) continue;
    const { method, path, segments, head } = route;
    const root = methods.get(method) ?? level();
    methods.set(method, root);
    const before = covering(root, segments, 0)?.route;
    if (!before) {
      add(root, { route, index });
      continue;
    }
    const same = shapeOf(before.segments) === shapeOf(segments);
    const details = { method, path, before: before.path };
    findings.report(head, same ? codes.duplicateRoute(details) : codes.unreachableRoute(details));
  }
  const before = health && covering(methods.get("GET") ?? level(), health.segments, 0)?.route;
  if (!health || !before) return;
  const details = { path: health.path, before: before.path };
  findings.report(health.range, codes.hiddenHealth(details));
}

function add(root: Level, placed: Placed): void {
  let at = root;
  for (const segment of placed.route.segments) {
    if (segment.kind === "wildcard") {
      at.open ??= placed;
      return;
    }
    at = segment.kind === "param" ? paramOf(at) : literalOf(at, segment.text);
  }
  at.end ??= placed;
}

function paramOf(at: Level): Level {
  at.param ??= level();
  return at.param;
}

function literalOf(at: Level, text: string): Level {
  const found = at.literals.get(text) ?? level();
  at.literals.set(text, found);
  return found;
}

/** The first route that takes every path of these segments, from one on; null without one. */
function covering(at: Level, segments: readonly Segment[], index: number): Placed | null {
  const segment = segments[index];
  if (!segment) return at.end;
  const literal = segment.kind === "literal" ? at.literals.get(segment.text) : null;
  // A parameter is never empty.
  const filled = segment.kind === "literal" ? segment.text !== "" : segment.kind === "param";
  let first = at.open;
  if (literal) first = earlier(first, covering(literal, segments, index + 1));
  if (filled && at.param) first = earlier(first, covering(at.param, segments, index + 1));
  return first;
}

const earlier = (one: Placed | null, other: Placed | null): Placed | null =>
  !one || (other && other.index < one.index) ? other : one;
