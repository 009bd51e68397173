// SQL in, what SQLite makes of it out: the official WebAssembly build, with databases in memory.
import { readFileSync } from "node:fs";

/** What is used of the WebAssembly API, which is missing from the types of Node 20. */
declare const WebAssembly: {
  Module: {
    new (bytes: Uint8Array): object;
    imports(module: object): readonly { readonly module: string; readonly name: string }[];
  };
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  Memory: new (size: { initial: number; maximum: number }) => Memory;
};

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used of SQLite's C API (sqlite.org/c3ref); pointers are numbers. */
interface Exports {
  __wasm_call_ctors(): void;
  malloc(size: number): number;
  free(pointer: number): void;
  sqlite3_open(name: number, database: number): number;
  sqlite3_close_v2(database: number): number;
  sqlite3_limit(database: number, limit: number, value: number): number;
  sqlite3__wasm_db_config_ip(database: number, option: number, value: number, out: number): number;
  sqlite3_prepare_v2(
    database: number,
    sql: number,
    length: number,
    statement: number,
    tail: number,
  ): number;
  sqlite3_step(statement: number): number;
  sqlite3_finalize(statement: number): number;
  sqlite3_column_text(statement: number, column: number): number;
  sqlite3_errmsg(database: number): number;
  sqlite3_error_offset(database: number): number;
  sqlite3_bind_parameter_count(statement: number): number;
  sqlite3_bind_parameter_name(statement: number, index: number): number;
}

/** A running SQLite. Its memory goes when nothing refers to it any more. */
export interface Engine extends Exports {
  readonly memory: Memory;
}

const pageSize = 65536;
/** What the build was linked with: 8 MB at first, 2 GB at most. */
const memorySize = { initial: 128, maximum: 32768 };

let compiled: object | null = null;

/** Reads and compiles the WebAssembly once a process; about 10 ms. */
function compileEngine(): object {
  const path = require.resolve("@sqlite.org/sqlite-wasm/sqlite3.wasm");
  compiled ??= new WebAssembly.Module(readFileSync(path));
  return compiled;
}

/**
 * Starts SQLite. Of the system it gets a clock and more memory: databases in memory need no files,
 * so that every other call of the system fails as on one without any (ENOSYS).
 */
export function startEngine(): Engine {
  const memory = new WebAssembly.Memory(memorySize);
  const system: Record<string, (...args: number[]) => number> = {
    emscripten_date_now: () => Date.now(),
    emscripten_get_now: () => performance.now(),
    emscripten_get_heap_max: () => memorySize.maximum * pageSize,
    emscripten_resize_heap(size = 0) {
      const missing = Math.ceil((size - memory.buffer.byteLength) / pageSize);
      try {
        if (missing > 0) memory.grow(missing);
        return 1;
      } catch {
        return 0;
      }
    },
    environ_get: () => 0,
    environ_sizes_get(count = 0, size = 0) {
      const view = new DataView(memory.buffer);
      view.setUint32(count, 0, true);
      view.setUint32(size, 0, true);
      return 0;
    },
  };
  const module = compileEngine();
  const imports: Record<string, Record<string, unknown>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const value = name === "memory" ? memory : (system[name] ?? (() => -52));
    imports[from] = { ...imports[from], [name]: value };
  }
  const { exports } = new WebAssembly.Instance(module, imports);
  const engine = { ...(exports as Exports), memory };
  engine.__wasm_call_ctors();
  return engine;
}
