// The SAM templates of workers for Lambda: what AWS is asked to make.
import { parse } from "yaml";
import { compile } from "../src";

const program = `
edge "api" {
  target: "lambda"
  env SIZE = 10
  env GREETING = "on"
  env NOTHING
  secret API_KEY
  secret api_key
  schedule "nightly" cron("0 3 * * *") { print("n") }
  schedule "also" cron("0 3 * * *") { print("n") }
  schedule "work" cron("*/10 9-17 * * mon-fri") { print("w") }
  consume JOBS { max_batch_size: 50, max_batch_timeout: 0, max_retries: 5, dead_letter_queue: "jobs-dlq" } fn(messages) { print(messages) }
  consume DEAD { dead_letter_queue: "buried" } fn(messages) { print(messages) }
  route GET "/" => fn() { [SIZE, GREETING, NOTHING, API_KEY, api_key] }
}
edge "dead" { target: "lambda" consume JOBS_DLQ fn(messages) { print(messages) } }
edge "queues" { target: "lambda" queue JOBS queue DEAD queue JOBS_DLQ route GET "/" => fn() { [JOBS, DEAD, JOBS_DLQ] } }
`;
const deploy = `
[vars]
SIZE = 20
[queue.DEAD]
name = "the-dead"
[env.staging.vars]
GREETING = "staged"
[env.staging.workers.api]
name = "api-in-staging"
`;

const { workers, diagnostics } = compile(program, {
  fileName: "app.tova",
  deploy: { fileName: "app.deploy.toml", text: deploy },
});
const [api, dead] = workers;
const template = parse(api?.config?.text ?? "");
const { Worker, ...queues } = template.Resources;

test("the program has no errors, and each block a folder that is all SAM reads", () => {
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(api?.config?.fileName).toBe("lambda.api/template.yaml");
  expect(api?.outline.upload).toEqual({ folder: "lambda.api", main: "lambda.api/code/index.mjs" });
  expect(Worker.Properties).toMatchObject({
    FunctionName: "app-api",
    CodeUri: "code/",
    Handler: "index.handler",
    FunctionUrlConfig: { AuthType: "NONE" },
  });
});

test("schedules have EventBridge's form, and tell the worker the program's", () => {
  expect(Worker.Properties.Events).toMatchObject({
    Schedule1: {
      Type: "ScheduleV2",
      Properties: {
        ScheduleExpression: "cron(0 3 * * ? *)",
        Input: '{"source":"tova.schedule","cron":"0 3 * * *"}',
      },
    },
    Schedule2: { Properties: { ScheduleExpression: "cron(*/10 9-17 ? * 2-6 *)" } },
  });
  expect(Worker.Properties.Events.Schedule3).toBeUndefined();
});

const pseudo = (name: string) => `\${AWS::${name}}`;

test("consumers report the messages that failed, and queues are made with who reads them", () => {
  expect(Worker.Properties.Events.FromJobs).toEqual({
    Type: "SQS",
    Properties: {
      Queue: { "Fn::GetAtt": ["QueueJobs", "Arn"] },
      BatchSize: 50,
      // What SQS asks for with more than ten.
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    },
  });
  expect(Object.keys(queues)).toEqual(["QueueJobs", "QueueTheDead", "QueueBuried"]);
  expect(queues.QueueJobs).toMatchObject({
    DeletionPolicy: "Retain",
    Properties: {
      QueueName: "jobs",
      VisibilityTimeout: 180,
      // That queue is the other block's.
      RedrivePolicy: {
        deadLetterTargetArn: {
          "Fn::Sub": `arn:${pseudo("Partition")}:sqs:${pseudo("Region")}:${pseudo("AccountId")}:jobs-dlq`,
        },
        maxReceiveCount: 6,
      },
    },
  });
  expect(queues.QueueTheDead.Properties.RedrivePolicy).toEqual({
    deadLetterTargetArn: { "Fn::GetAtt": ["QueueBuried", "Arn"] },
    maxReceiveCount: 4,
  });
  const others = parse(dead?.config?.text ?? "").Resources;
  expect(Object.keys(others)).toEqual(["Worker", "QueueJobsDlq"]);
  expect(others.Worker.Properties.FunctionUrlConfig).toBeUndefined();
});

test("variables have values, secrets only parameters that nobody can read back", () => {
  expect(Worker.Properties.Environment.Variables).toEqual({
    NODE_OPTIONS: "--enable-source-maps",
    SIZE: "20",
    GREETING: "on",
    API_KEY: { Ref: "SecretApiKey" },
    api_key: { Ref: "SecretApiKeyX1" },
  });
  expect(template.Parameters.SecretApiKey).toMatchObject({
    Type: "String",
    NoEcho: true,
    MinLength: 1,
  });
  expect(template.Parameters.SecretApiKey).not.toHaveProperty("Default");
  // YAML 1.1, which CloudFormation reads, takes this for a boolean.
  expect(api?.config?.text).toContain('GREETING: "on"');
});

test("an environment has a template of its own, with its names and values", () => {
  const [staging] = api?.files ?? [];
  expect(staging?.fileName).toBe("lambda.api/template.staging.yaml");
  const { Resources } = parse(staging?.text ?? "");
  expect(Resources.Worker.Properties).toMatchObject({
    FunctionName: "api-in-staging",
    Environment: { Variables: { SIZE: "10", GREETING: "staged" } },
  });
  expect(Resources.QueueJobsStaging.Properties.QueueName).toBe("jobs-staging");
});

describe("buckets", () => {
  const source = `
edge "api" { target: "lambda" storage FILES storage PICTURES storage BB route GET "/" => fn() { [FILES, PICTURES, BB] } }
edge "resize" { target: "lambda" storage PICTURES route GET "/" => fn() { PICTURES } }
`;
  const compiled = (text: string) =>
    compile(text, {
      fileName: "shop.tova",
      deploy: {
        fileName: "shop.deploy.toml",
        text: '[storage.FILES]\nname = "the-files"\n[env.staging.storage.PICTURES]\nname = "staged"\n',
      },
    });
  const [first, second] = compiled(source).workers;
  const own = (name: string) => `${name}-${pseudo("AccountId")}-${pseudo("Region")}`;
  const address = (bucket: string) => ({
    "Fn::Sub": `https://${bucket}.s3.${pseudo("Region")}.${pseudo("URLSuffix")}`,
  });
  const resourcesOf = (text = "") => parse(text).Resources;

  test("one that the deploy file names is there already; others are made by who has them first, and kept", () => {
    const { Worker, ...made } = resourcesOf(first?.config?.text);
    const bucket = (name: string) => ({
      Type: "AWS::S3::Bucket",
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: { BucketName: { "Fn::Sub": own(name) } },
    });
    expect(made).toEqual({
      BucketShopPictures: bucket("shop-pictures"),
      BucketShopBb: bucket("shop-bb"),
    });
    const others = resourcesOf(second?.config?.text);
    expect(Object.keys(others)).toEqual(["Worker"]);
    const variables = { PICTURES: address(own("shop-pictures")) };
    expect(others.Worker.Properties.Environment.Variables).toMatchObject(variables);
    expect(Worker.Properties.Environment.Variables).toMatchObject({
      ...variables,
      FILES: address("the-files"),
      BB: address(own("shop-bb")),
    });
  });

  test("a worker may do with its buckets what its code can, and no more", () => {
    const arn = (name: string) => ({ "Fn::Sub": `arn:${pseudo("Partition")}:s3:::${name}` });
    const name = own("shop-pictures");
    expect(resourcesOf(second?.config?.text).Worker.Properties.Policies).toEqual([
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["s3:ListBucket"], Resource: [arn(name)] },
          {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
            Resource: [arn(`${name}/*`)],
          },
        ],
      },
    ]);
  });

  test("an environment has buckets of its own", () => {
    const staging = resourcesOf(first?.files[0]?.text);
    expect(Object.keys(staging)).toEqual([
      "Worker",
      "BucketShopFilesStaging",
      "BucketShopBbStaging",
    ]);
    expect(staging.Worker.Properties.Environment.Variables).toMatchObject({
      FILES: address(own("shop-files-staging")),
      PICTURES: address("staged"),
    });
  });

  test("a name must leave room for what completes it", () => {
    const name = `storage ${"LONG_".repeat(7)}NAME`;
    const { diagnostics } = compiled(`edge { target: "lambda" ${name} route GET "/" => fn() 1 }`);
    expect(diagnostics.map(({ code }) => code)).toContain("E_RESOURCE_NAME");
  });
});

test.each(["secret K", "env _DEBUG", 'env $X = "1"', "queue Q", "storage _FILES"])(
  "%s is a name that Lambda takes for no variable",
  (member) => {
    const source = (target: string) =>
      `edge { target: "${target}" ${member} route GET "/" => fn() 1 }`;
    const findings = (target: string) =>
      compile(source(target), { fileName: "app.tova" }).diagnostics.map(
        ({ code, line, column }) => `${code} ${line}:${column}`,
      );
    const name = member.split(" ")[1] ?? "";
    const place = source("lambda").indexOf(name) + 1;
    expect(findings("lambda")).toContain(`E_RESOURCE_NAME 1:${place}`);
    expect(findings("cloudflare")).not.toContain(`E_RESOURCE_NAME 1:${place}`);
  },
);

test("the name of a worker must be one for a stack", () => {
  const findings = (target: string, fileName: string, name = "") => {
    const source = `edge { target: "${target}" route GET "/" => fn() 1 }`;
    const deploy = { fileName: "d.toml", text: name && `[workers.default]\nname = "${name}"` };
    return compile(source, { fileName, deploy }).diagnostics.map(
      ({ code, help }) => `${code} ${help}`,
    );
  };
  const refused = [
    'E_RESOURCE_NAME Rename it, or give its name in the deploy file: `[workers.default]` `name = "…"`.',
  ];
  expect(findings("lambda", "404.tova")).toEqual(refused);
  expect(findings("lambda", "shop.tova", "my_shop")).toEqual(refused);
  expect(findings("lambda", "404.tova", "not-found")).toEqual([]);
  expect(findings("cloudflare", "404.tova")).toEqual([]);
  expect(findings("cloudflare", "shop.tova", "my_shop")).toEqual([]);
});

test.each([
  "env AWS_REGION",
  'env _HANDLER = "x"',
  "secret AWS_SECRET_ACCESS_KEY",
  "queue LAMBDA_TASK_ROOT",
])("%s is set by the platform itself", (member) => {
  const source = (target: string) =>
    `edge { target: "${target}" ${member} env AWS_BUCKET route GET "/" => fn() AWS_BUCKET }`;
  const codesOn = (target: string) =>
    compile(source(target), { fileName: "app.tova" }).diagnostics.map(
      ({ code, line, column, help }) => `${code} ${line}:${column} ${help}`,
    );
  const name = member.split(" ")[1] ?? "";
  expect(codesOn("lambda")).toContain(
    `E_RESOURCE_NAME 1:${source("lambda").indexOf(name) + 1} Rename it; \`env("${name}")\` reads what the platform sets.`,
  );
  expect(codesOn("cloudflare").join()).not.toContain("the platform sets");
});
