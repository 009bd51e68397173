// Requests and reloads in, each let through when the other is not under way out.

/** Lets many callers in together, or keeps all out while the workers are replaced. */
export interface Gate {
  /** Waits while the gate is closed; the caller calls what it gets when it is done. */
  enter(): Promise<() => void>;
  /** Keeps newcomers waiting; resolves when those inside have left or `patience` has passed. */
  close(patienceMs: number): Promise<void>;
  open(): void;
}

/** Makes a gate that is open. */
export function createGate(): Gate {
  let closed: Promise<void> | null = null;
  let reopen: () => void = () => undefined;
  let inside = 0;
  let emptied: () => void = () => undefined;

  return {
    async enter() {
      while (closed !== null) await closed;
      inside += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        inside -= 1;
        if (inside === 0) emptied();
      };
    },
    async close(patienceMs) {
      closed ??= new Promise((resolve) => {
        reopen = resolve;
      });
      if (inside === 0) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        emptied = resolve;
        timer = setTimeout(resolve, patienceMs);
      });
      clearTimeout(timer);
    },
    open() {
      closed = null;
      reopen();
    },
  };
}
