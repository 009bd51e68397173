// Requests about queues and buckets in, answers out.
import { ApiError, type FakeQueue, type FakeRequest, type Route, type State } from "./state";

/** A queue as if it had been made before. */
export const queueNamed = (name: string): FakeQueue => ({
  queue_id: `id-of-${name}`,
  queue_name: name,
  consumers: [],
});

function listQueues(state: State, { query }: FakeRequest): unknown {
  const wanted = query.getAll("name");
  return [...state.queues.values()].filter(
    ({ queue_name }) => wanted.length === 0 || wanted.includes(queue_name),
  );
}

function createQueue(state: State, { body }: FakeRequest): unknown {
  const { queue_name: name } = JSON.parse(body.toString()) as { queue_name: string };
  if (state.queues.has(name)) {
    throw new ApiError(409, 11009, `Queue name '${name}' is already taken.`);
  }
  const queue = queueNamed(name);
  state.queues.set(name, queue);
  return queue;
}

/** A queue has one consumer at most. */
function putConsumer(state: State, { body }: FakeRequest, queueId: string, id?: string): unknown {
  const queue = [...state.queues.values()].find(({ queue_id }) => queue_id === queueId);
  if (queue === undefined) throw new ApiError(404, 11000, "Queue does not exist.");
  const given = JSON.parse(body.toString()) as Record<string, unknown>;
  if (id === undefined && queue.consumers.length > 0) {
    throw new ApiError(400, 11004, `Queue ${queue.queue_name} already has a consumer.`);
  }
  const consumer = {
    ...given,
    script: given.script_name,
    consumer_id: id ?? `consumer-${queue.consumers.length + 1}`,
  };
  const at = queue.consumers.findIndex(({ consumer_id }) => consumer_id === consumer.consumer_id);
  queue.consumers.splice(at < 0 ? queue.consumers.length : at, 1, consumer);
  return consumer;
}

function bucket(state: State, _request: FakeRequest, name: string): unknown {
  if (!state.buckets.has(name)) throw new ApiError(404, 10006, "The bucket does not exist.");
  return { name };
}

function createBucket(state: State, { body }: FakeRequest): unknown {
  const { name } = JSON.parse(body.toString()) as { name: string };
  if (state.buckets.has(name)) {
    const message = "The bucket you tried to create already exists, and you own it.";
    throw new ApiError(409, 10004, message);
  }
  state.buckets.add(name);
  return { name };
}

export const queueRoutes: readonly Route[] = [
  ["GET", "/r2/buckets/([^/]+)", bucket],
  ["GET", "/r2/buckets", (state) => ({ buckets: [...state.buckets].map((name) => ({ name })) })],
  ["POST", "/r2/buckets", createBucket],
  ["GET", "/queues", listQueues],
  ["POST", "/queues", createQueue],
  ["POST", "/queues/([^/]+)/consumers", putConsumer],
  ["PUT", "/queues/([^/]+)/consumers/([^/]+)", putConsumer],
];
