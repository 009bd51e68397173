// The class of the library that signs, and the credentials of the process → what sends requests to AWS.
// The library is handed in, so that only workers which use it carry it.

/** As Lambda gives them to a function. */
interface AwsVariables {
  readonly AWS_ACCESS_KEY_ID?: string;
  readonly AWS_SECRET_ACCESS_KEY?: string;
  readonly AWS_SESSION_TOKEN?: string;
  readonly AWS_REGION?: string;
  /** Another place than AWS (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html). */
  readonly AWS_ENDPOINT_URL_SQS?: string;
}

interface AwsHost {
  readonly process: { readonly env: AwsVariables };
}

interface AwsRequest extends RequestInit {
  readonly aws: { readonly service: string; readonly region?: string | undefined };
}

/** What is used of https://github.com/mhart/aws4fetch. */
type AwsClient = new (options: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly retries: number;
}) => { fetch(url: string, init: AwsRequest): Promise<Response> };

/** Sends a signed request to a service: `s3`, `sqs`. */
export type AwsFetch = (service: string, url: string, init?: RequestInit) => Promise<Response>;

/** Read when they are needed: what a test or a start sets later counts. */
export const awsVariables = (): AwsVariables => (globalThis as unknown as AwsHost).process.env;

/** Addresses that tell the region of what is there, which need not be the function's own. */
const awsTelling = /\.(amazonaws\.com(\.cn)?|r2\.cloudflarestorage\.com|backblazeb2\.com)$/;

/** Signs with what the process has. What fails at the other end is tried twice more. */
export function awsFetch(Client: AwsClient): AwsFetch {
  return (service, url, init = {}) => {
    const env = awsVariables();
    const client = new Client({
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "",
      sessionToken: env.AWS_SESSION_TOKEN,
      retries: 2,
    });
    const region = awsTelling.test(new URL(url).hostname) ? undefined : env.AWS_REGION;
    return client.fetch(url, { ...init, aws: { service, region } });
  };
}
