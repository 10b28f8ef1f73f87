using Jobs.Aws.Tracing;
using Jobs.Core.Tracing;

namespace Jobs.Tests.Unit.Aws.Tracing;

public sealed class OtlpSettingsTests
{
    private readonly List<string> _said = [];

    [Theory]
    [InlineData("http://localhost:4318", null, "http://localhost:4318/v1/traces")]
    [InlineData("http://localhost:4318/", null, "http://localhost:4318/v1/traces")]
    [InlineData("https://otlp.example.com/base", null, "https://otlp.example.com/base/v1/traces")]
    [InlineData("http://localhost:4318", "https://example.com/here", "https://example.com/here")]
    [InlineData(null, "https://example.com/here", "https://example.com/here")]
    public void Endpoint_is_of_traces_or_of_all(string? all, string? traces, string expected) => Assert.Equal(
        expected,
        Read(("OTEL_EXPORTER_OTLP_ENDPOINT", all), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", traces))!
            .Endpoint.ToString());

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    public void Nothing_is_said_where_nothing_is_wanted(string name, string value)
    {
        Assert.Null(Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"), (name, value)));
        Assert.Empty(_said);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc", "http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317", "not an http or https URL")]
    public void What_cannot_be_used_is_said(string name, string value, string why)
    {
        Assert.Null(Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"), (name, value)));
        Assert.Contains(why, Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_and_attributes_are_pairs()
    {
        var settings = Read(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b, x = y,nothing"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test,service.name=other"),
            ("OTEL_SERVICE_NAME", "mine"),
            ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", "0.25"))!;

        Assert.Equal([new("api-key", "a b"), new("x", "y")], settings.Headers);
        var resource = settings.Resource.ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal(("mine", "test"), (resource["service.name"], resource["deployment.environment.name"]));
        Assert.Equal("own", resource["cloud.provider"]);
        Assert.Equal(new TraceSampling(0.25, FollowsParent: true), settings.Sampling);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("2500", null, 2.5)]
    [InlineData("2500", "400", 0.4)]
    [InlineData("0", null, null)]
    [InlineData("soon", null, null)]
    public void Timeout_is_of_traces_or_of_all(string? all, string? traces, double? expected)
    {
        var settings = Read(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", all),
            ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", traces))!;
        Assert.Equal(expected, settings.Timeout?.TotalSeconds);
    }

    private OtlpSettings? Read(params (string Name, string? Value)[] variables) => OtlpSettings.Read(
        name => variables.LastOrDefault(one => one.Name == name).Value,
        _said.Add,
        new("service.name", "own"),
        new("cloud.provider", "own"));
}
