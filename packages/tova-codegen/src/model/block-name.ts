// A text → whether an edge block can be called so.
import { kebab } from "./kebab";

/** Block names become names of workers, files and Nx projects, which take only ASCII. */
export const isBlockName = (name: string): boolean => /^[\w -]+$/.test(name) && kebab(name) !== "";
