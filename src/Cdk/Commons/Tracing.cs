using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Jobs.Cdk.Ground;

namespace Jobs.Cdk.Commons;

/// <summary>What tracing adds to functions and tasks.</summary>
internal sealed class Tracing(JobTracing props, Stack stack)
{
    /// <summary>
    /// AWS's distribution of the collector. It reads its configuration from a variable.
    /// https://aws-otel.github.io/docs/setup/ecs/config-through-ssm
    /// </summary>
    private const string CollectorImage = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0";

    private const string Collector = "jobs-collector";

    private const string CollectorEndpoint = "http://localhost:4318";

    private const int CollectorMemoryMiB = 128;

    private const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";

    /// <summary>Lambda traces the functions themselves too.</summary>
    public bool IsXRay => props.Endpoint is null;

    /// <summary>https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXrayWriteOnlyAccess.html</summary>
    public IEnumerable<PolicyStatement> Permissions() => IsXRay
        ?
        [
            Statements.Allow(
                "SendTraces",
                [
                    "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
                    "xray:GetSamplingTargets",
                ],
                ["*"]),
        ]
        : [];

    /// <summary>What a function is told.</summary>
    public Dictionary<string, string> ForFunctions()
    {
        var variables = Sampler();
        if (props.Endpoint is { } endpoint) variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        else variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = XRayEndpoint;
        // Lambda has no other way to give a function a secret as a variable.
        if (props.Headers is { } headers) variables[Headers] = headers.SecretValue.UnsafeUnwrap();
        return variables;
    }

    /// <summary>What a worker is told.</summary>
    public Dictionary<string, string> ForWorkers()
    {
        var variables = Sampler();
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = props.Endpoint ?? CollectorEndpoint;
        return variables;
    }

    /// <summary>The job with the collector beside its worker, or with the secret that an endpoint asks for.</summary>
    public JobProps AddTo(JobProps job)
    {
        if (IsXRay)
        {
            return job with
            {
                Sidecars = [.. job.Sidecars, CollectorBeside()],
                DependsOn = new Dictionary<string, ContainerDependencyCondition>(job.DependsOn)
                {
                    [Collector] = ContainerDependencyCondition.START,
                },
            };
        }

        return props.Headers is { } headers
            ? job with
            {
                Secrets = new Dictionary<string, Secret>(job.Secrets)
                {
                    [Headers] = Secret.FromSecretsManager(headers),
                },
            }
            : job;
    }

    private string XRayEndpoint => $"https://xray.{stack.Region}.{stack.UrlSuffix}/v1/traces";

    /// <summary>The task is the worker's: it neither fails with the collector nor waits for it to be ready.</summary>
    private Sidecar CollectorBeside() => new(Collector, new ContainerDefinitionOptions
    {
        Image = ContainerImage.FromRegistry(CollectorImage),
        Essential = false,
        MemoryLimitMiB = CollectorMemoryMiB,
        Environment = new Dictionary<string, string> { ["AOT_CONFIG_CONTENT"] = Configuration },
    });

    /// <summary>To the OTLP endpoint, which takes any trace id; PutTraceSegments wants one that begins with the
    /// time.</summary>
    private string Configuration =>
        $$"""
        receivers:
          otlp:
            protocols:
              http:
                endpoint: localhost:4318
        processors:
          batch:
            timeout: 1s
        extensions:
          sigv4auth:
            region: {{stack.Region}}
            service: xray
        exporters:
          otlp_http:
            traces_endpoint: {{XRayEndpoint}}
            auth:
              authenticator: sigv4auth
        service:
          extensions: [sigv4auth]
          pipelines:
            traces:
              receivers: [otlp]
              processors: [batch]
              exporters: [otlp_http]
        """;

    private Dictionary<string, string> Sampler() => props.Share >= 1 ? [] : new()
    {
        ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
        ["OTEL_TRACES_SAMPLER_ARG"] = props.Share.ToString(CultureInfo.InvariantCulture),
    };
}
