// What a handler gives that is no JSON: bytes, streams, pieces one after the other → responses (spec 11.2).
import { bytesOf } from "./encoding";

type Iterating = AsyncIterator<unknown> | Iterator<unknown>;

/** Answers with the pieces of an iterator, as {@link pieces} does. */
type SendPieces = (iterator: Iterating, status: number) => Promise<Response>;

function isBody(value: unknown): value is Blob | ReadableStream | DataView<ArrayBuffer> {
  const types = [Blob, ReadableStream, ArrayBuffer];
  return ArrayBuffer.isView(value) || types.some((type) => value instanceof type);
}

const isIterating = (value: unknown): value is Iterating =>
  typeof (value as Iterating | null)?.next === "function";

const binary = { "Content-Type": "application/octet-stream" };

/**
 * Bytes, blobs and streams, also those in `Ok` and `Some`, as responses that have them for their
 * body; anything else as it is. Of a promise a promise.
 * @param send where the program has generators
 */
export function sent(value: unknown, status = 200, send: SendPieces | null = null): unknown {
  if (typeof (value as PromiseLike<unknown> | null)?.then === "function")
    return (value as PromiseLike<unknown>).then((given) => sent(given, status, send));
  const { __tag: tag, value: inner } = Object(value);
  const body: unknown = tag === "Ok" || tag === "Some" ? inner : value;
  if (send && isIterating(body)) return send(body, status);
  if (!isBody(body)) return value;
  // A blob with a type says it by itself.
  return new Response(body, (body as Blob).type ? { status } : { status, headers: binary });
}

function pieceBytes(piece: unknown): Uint8Array {
  const isBytes = piece instanceof Uint8Array || piece instanceof ArrayBuffer;
  if (typeof piece === "string" || isBytes) return bytesOf(piece);
  throw new TypeError("What is yielded to be sent must be text or bytes");
}

/**
 * A response of the texts and bytes that an iterator gives, each sent as it comes; its type is that
 * of the first. What fails behind the first is logged, and ends the response unfinished.
 */
export async function pieces(iterator: Iterating, status: number): Promise<Response> {
  const first = await iterator.next();
  const text = first.done || typeof first.value === "string";
  let bytes = first.done ? null : pieceBytes(first.value);
  let waits = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = waits ? null : await iterator.next();
        if (next) bytes = next.done ? null : pieceBytes(next.value);
      } catch (error) {
        console.error((error as Error)?.stack ?? error);
        throw error;
      }
      waits = false;
      if (bytes) controller.enqueue(bytes);
      else controller.close();
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  const headers = text ? { "Content-Type": "text/plain; charset=utf-8" } : binary;
  return new Response(body, { status, headers });
}
