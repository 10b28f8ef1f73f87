using Amazon.CDK.AWS.SecretsManager;

namespace Jobs;

/// <summary>
/// Where a runner's functions and workers send their traces, one a run, by OpenTelemetry's protocol. Without it there
/// are none, and nothing is paid for them.
/// </summary>
/// <example><code>
/// new JobRunnerProps { Tracing = JobTracing.XRay with { Share = 0.1 } }
/// </code></example>
public sealed record JobTracing
{
    private JobTracing(string? endpoint, ISecret? headers) => (Endpoint, Headers) = (endpoint, headers);

    /// <summary>
    /// To X-Ray. Functions send to its OTLP endpoint and are traced by Lambda as well; each task gets a container
    /// <c>jobs-collector</c>, AWS's distribution of OpenTelemetry's collector, which takes 128 MiB of the task's memory
    /// and sends with the job's role. The account must have switched Transaction Search on, or AWS refuses the traces.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search.html
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html
    /// </summary>
    public static JobTracing XRay { get; } = new(null, null);

    /// <summary>To a collector, or a service that takes OTLP over HTTP, as binary Protocol Buffers.</summary>
    /// <param name="endpoint">Its URL, behind which comes <c>/v1/traces</c>; functions and tasks must reach it.</param>
    /// <param name="headers">
    /// A secret whose whole text is what goes into <c>OTEL_EXPORTER_OTLP_HEADERS</c>, such as <c>api-key=…</c>. A
    /// function has it as an environment variable, which those may read who may read the function's configuration.
    /// Default null: none.
    /// </param>
    public static JobTracing Otlp(string endpoint, ISecret? headers = null) => new(endpoint, headers);

    /// <summary>
    /// Of the traces that begin in this stack, how many are recorded: 0 to 1, decided by the run's id, so that a run
    /// has a whole trace or none. One that is continued is recorded as its sender decided. Default 1: all.
    /// </summary>
    public double Share { get; init; } = 1;

    /// <summary>Null for X-Ray.</summary>
    internal string? Endpoint { get; }

    internal ISecret? Headers { get; }
}
