using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Jobs.Sdk.Canaries;
using Jobs.Sdk.Ground;
using Jobs.Tests.Unit.Worker;
using Jobs.Worker;
using Jobs.Worker.Csv;
using Jobs.Worker.Photos;

namespace Jobs.Tests.Unit.Sdk;

/// <summary>A type that a context has is written as one that is read by reflection.</summary>
public sealed class JobJsonTests
{
    /// <summary>Those of a worker without contexts.</summary>
    private static readonly JsonSerializerOptions Reflected = new(JobJson.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Those of a worker that is compiled ahead of time.</summary>
    private static readonly JsonSerializerOptions Trimmed = new(JobJson.Options)
    {
        TypeInfoResolver = JobJson.Contexts,
    };

    static JobJsonTests()
    {
        Reflected.Converters.Clear();
        Reflected.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        Trimmed.Converters.Clear();
        Trimmed.Converters.Add(JobJson.Enums);
    }

    [Fact]
    public async Task Summary_of_a_csv_is_the_same()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/gdp.csv"] = Samples.Read("gdp.csv") } };
        var summary = await env.RunAsync(new CsvImport(), env.Upload("incoming/gdp.csv"));

        AssertSame(summary);
        Assert.Contains("\"type\":\"integer\"", JsonSerializer.Serialize(summary, Trimmed), StringComparison.Ordinal);
        var source = JobJson.Options.GetTypeInfo(typeof(CsvSummary)).OriginatingResolver;
        Assert.Equal("WorkerJson", source?.GetType().Name);
    }

    [Fact]
    public void Photo_is_the_same()
    {
        AssertSame(new Photo(3, 2, 1) { Orientation = Orientation.Of(6), Place = new(1.5, -2, 0) });
        AssertSame(new Photo(3, 2, 1));
    }

    [Fact]
    public void What_the_host_gives_is_the_same()
    {
        AssertSame(new Upload("b", "k", 3) { VersionId = "1" });
        AssertSame(new ScheduledTime("rate-1-hour", DateTimeOffset.UnixEpoch));
        AssertSame(new DrainSummary(1, 2, 3, 4, 5.5));
        AssertSame(new CanaryInput(CanaryAct.WaitOnce, "t"));
        AssertSame(RunState.TimedOut);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"does":"dance"}""")]
    [InlineData("""{"does":"fail","token":null}""")]
    [InlineData("""{"Does":"fail"}""")]
    public void What_does_not_fit_is_refused_by_both(string json)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CanaryInput>(json, Reflected));
        Assert.Throws<JsonException>(() => JobJson.Read<CanaryInput>(json, Trimmed));
    }

    [Theory]
    [InlineData(typeof(CsvSummary))]
    [InlineData(typeof(Photo))]
    [InlineData(typeof(Upload))]
    [InlineData(typeof(CanaryInput))]
    public void Schema_is_the_same(Type type) => Assert.Equal(
        System.Text.Json.Schema.JsonSchemaExporter.GetJsonSchemaAsNode(
            Reflected, type, new() { TreatNullObliviousAsNonNullable = true }).ToJsonString(),
        JobJson.SchemaOf(type).ToJsonString());

    [Fact]
    public void Type_in_no_context_is_told_with_the_line_to_add()
    {
        var told = Assert.Throws<NotSupportedException>(() => JobJson.Read<Unlisted>("{}", Trimmed));
        Assert.Contains("[JsonSerializable(typeof(Unlisted))]", told.Message, StringComparison.Ordinal);
        Assert.NotNull(JobJson.Read<Unlisted>("{}"));
    }

    private static void AssertSame<T>(T value)
    {
        var json = JsonSerializer.Serialize(value, Reflected);
        Assert.Equal(json, JsonSerializer.Serialize(value, Trimmed));
        Assert.Equal(json, JobJson.Write(value));
        Assert.Equal(json, JobJson.Write(JobJson.Read<T>(json, Trimmed)));
    }

    internal sealed record Unlisted;
}
