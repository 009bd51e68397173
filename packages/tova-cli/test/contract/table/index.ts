// All groups of the conformance table.
import type { Group } from "../row";
import { bodies } from "./bodies";
import { cors } from "./cors";
import { csrf } from "./csrf";
import { errors } from "./errors";
import { methods } from "./methods";
import { middleware } from "./middleware";
import { params } from "./params";
import { rateLimits } from "./rate-limits";
import { results } from "./results";
import { routing } from "./routing";
import { security } from "./security";
import { wire } from "./wire";

export const groups: readonly Group[] = [
  routing,
  params,
  methods,
  cors,
  middleware,
  bodies,
  results,
  errors,
  security,
  csrf,
  rateLimits,
  wire,
];
