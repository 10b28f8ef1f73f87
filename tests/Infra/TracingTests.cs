using System.Text.Json.Nodes;
using Amazon.CDK.AWS.SecretsManager;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>What <see cref="JobRunnerProps.Tracing"/> adds to functions and tasks.</summary>
public sealed class TracingTests
{
    private const string Function = "JobsFunctionsOnUploadFunction";
    private const string XRayEndpoint = "https://xray.<AWS::Region>.<AWS::URLSuffix>/v1/traces";

    private static readonly Lazy<Template> LazyXRay = new(() => Traced(JobTracing.XRay with { Share = 0.25 }));

    private static readonly Lazy<Template> LazyOtlp = new(() => Synthesis.Of(
        (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage),
        stack => Synthesis.AnyRunner with
        {
            Tracing = JobTracing.Otlp(
                "https://otlp.example.com", Secret.FromSecretNameV2(stack, "Headers", "otlp-headers")),
        }).Template);

    [Fact]
    public void Without_it_nothing_is_traced()
    {
        var template = Traced(null);

        Assert.DoesNotContain("OTEL_", template.Json.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("xray", template.Json.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Single(template.Named("JobsanyTask").Properties["ContainerDefinitions"]!.AsArray());
    }

    [Fact]
    public void A_share_of_the_runs_is_recorded()
    {
        var props = new JobRunnerProps { Tracing = JobTracing.XRay with { Share = 0.1 } };

        Assert.Equal(
            "0.1", Variable(Traced(props.Tracing).Named(Function), "OTEL_TRACES_SAMPLER_ARG"));
    }

    [Fact]
    public void Functions_send_to_X_Ray_and_are_traced_by_Lambda()
    {
        var function = LazyXRay.Value.Named(Function);

        Assert.Equal("{Mode: Active}", function["TracingConfig"]);
        Assert.Equal(XRayEndpoint, Variable(function, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
        Assert.Equal("parentbased_traceidratio", Variable(function, "OTEL_TRACES_SAMPLER"));
        Assert.Equal("0.25", Variable(function, "OTEL_TRACES_SAMPLER_ARG"));
    }

    [Theory]
    [InlineData("JobsFunctionsOnUploadRole")]
    [InlineData("JobsFunctionsOnTickRole")]
    [InlineData("JobsanyTaskRole")]
    public void Roles_may_send_to_X_Ray(string role)
    {
        var statement = Readable.Statements(LazyXRay.Value, LazyXRay.Value.Named(role))
            .Single(one => one["Sid"]?.ToString() == "SendTraces");

        Assert.Contains("xray:PutTraceSegments", Readable.Text(statement["Action"]), StringComparison.Ordinal);
        Assert.Equal("*", Readable.Text(statement["Resource"]));
    }

    [Fact]
    public void Each_task_has_a_collector_that_it_does_not_depend_on_for_long()
    {
        var containers = LazyXRay.Value.Named("JobsanyTask").Properties["ContainerDefinitions"]!.AsArray();
        var collector = containers.Single(one => one!["Name"]!.GetValue<string>() == "jobs-collector")!;
        var worker = containers.Single(one => one!["Name"]!.GetValue<string>() == Names.WorkerContainer)!;

        Assert.StartsWith(
            "public.ecr.aws/aws-observability/aws-otel-collector:v", Readable.Text(collector["Image"]),
            StringComparison.Ordinal);
        Assert.Equal(("false", "128"), (Readable.Text(collector["Essential"]), Readable.Text(collector["Memory"])));
        var configuration = Readable.Text(collector["Environment"]);
        Assert.Contains($"traces_endpoint: {XRayEndpoint}", configuration, StringComparison.Ordinal);
        Assert.Contains("service: xray", configuration, StringComparison.Ordinal);
        Assert.Equal("{Condition: START, ContainerName: jobs-collector}", Readable.Text(worker["DependsOn"]));
        Assert.Contains(
            "{Name: OTEL_EXPORTER_OTLP_ENDPOINT, Value: http://localhost:4318}", Readable.Text(worker["Environment"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Own_endpoint_gets_the_headers_of_a_secret()
    {
        var function = LazyOtlp.Value.Named(Function);
        Assert.Equal("https://otlp.example.com", Variable(function, "OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.Contains(
            "resolve:secretsmanager", Variable(function, "OTEL_EXPORTER_OTLP_HEADERS"), StringComparison.Ordinal);
        Assert.Null(function["TracingConfig"]);

        var worker = Assert.Single(LazyOtlp.Value.Named("JobsanyTask").Properties["ContainerDefinitions"]!.AsArray())!;
        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS", Readable.Text(worker["Secrets"]), StringComparison.Ordinal);
        Assert.Contains("https://otlp.example.com", Readable.Text(worker["Environment"]), StringComparison.Ordinal);
        Assert.Contains(
            "{Name: JOBS_SECRETS, Value: OTEL_EXPORTER_OTLP_HEADERS}", Readable.Text(worker["Environment"]),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("collector:4318", 1, "The endpoint of traces is an http or https URL (declared: collector:4318).")]
    [InlineData("https://otlp.example.com", 1.5, "Tracing.Share is 0 to 1 (declared: 1.5).")]
    [InlineData("https://otlp.example.com", -0.1, "Tracing.Share is 0 to 1 (declared: -0.1).")]
    public void What_cannot_be_fails_synthesis(string endpoint, double share, string error)
    {
        var failure = Assert.ThrowsAny<Exception>(() => Traced(JobTracing.Otlp(endpoint) with { Share = share }));

        Assert.Contains(error, failure.Message, StringComparison.Ordinal);
    }

    private static Template Traced(JobTracing? tracing) => Synthesis.Of(
        (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage),
        _ => Synthesis.AnyRunner with { Tracing = tracing }).Template;

    private static string Variable(Resource function, string name) =>
        Readable.Text(((JsonObject)function.Properties["Environment"]!["Variables"]!)[name]!);
}
