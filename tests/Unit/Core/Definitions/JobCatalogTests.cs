using System.Text.Json.Nodes;
using Jobs.Core.Definitions;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Definitions;

public sealed class JobCatalogTests
{
    private static readonly JobDefinition Full = new("line-count")
    {
        Owner = "Shop team",
        Recipients = [new("shop@example.com") { On = NotifyOn.Success }],
        Labels = ["team=billing"],
        OwnMetrics = true,
        Alarms = new() { FailurePercent = 20, DurationMinutes = 10, DollarsPerDay = 2.5 },
        Cpu = 1_024,
        MemoryMiB = 2_048,
        MaxMemoryMiB = 8_192,
        Architecture = Architecture.Arm64,
        EphemeralStorageGiB = 50,
        TimeoutMinutes = 15,
        RunTimeoutMinutes = 600,
        StopTimeoutSeconds = 30,
        MaxConcurrent = 10,
        Spot = true,
        Retry = new RetryPolicy
        {
            Attempts = 5,
            BackoffSeconds = 1,
            MaxBackoffSeconds = 2,
            NonRetryable = new RetryMatch { ExitCodes = [2, 3], ErrorTypes = ["System.FormatException"] },
            Retryable = new RetryMatch { Classes = [VerdictClass.TimedOut] },
        },
        Uploads = [new UploadTrigger("in/", ".csv"), new UploadTrigger("Übergröße/ +%") { Bucket = "raw" }],
        Events =
        [
            new EventTrigger("failed")
            {
                Source = "com.example.orders",
                DetailType = "Order Failed",
                Detail = """{"state": ["failed"]}""",
                Bus = "orders",
                Priority = 3,
                TakesEvent = true,
            },
            new EventTrigger("whole") { Pattern = """{"source": ["a"]}""" },
        ],
        Schedules = [new ScheduleTrigger("nightly", "cron(30 2 * * ? *)") { TimeZone = "Europe/Berlin", Input = "{}",
            Overlap = OverlapPolicy.Replace }],
        Lists = ["logs/"],
        Submits = ["other"],
        Afters = [new AfterTrigger("plain", AfterOutcome.Always) { TakesEnding = true }],
        Queue = new QueueTrigger
        {
            MessagesPerTask = 250,
            MaxTasks = 40,
            IdleSeconds = 60,
            VisibilitySeconds = 120,
            MaxReceives = 3,
            Parallelism = 8,
            Mode = QueueMode.Service,
            Service = new QueueService
            {
                MinTasks = 1,
                Steps = [new ScalingStep(1_000, 5), new ScalingStep(10_000, 20)],
                Schedules =
                [
                    new ScheduledScaling("mornings", "cron(0 6 ? * MON-FRI *)", 4, 40) { TimeZone = "Europe/Berlin" },
                ],
                MinimumHealthyPercent = 50,
                MaximumPercent = 150,
            },
        },
        Reads = ["rates/"],
        Writes = ["out/"],
        AllowLoop = true,
        WhenPaused = WhenPaused.Skip,
        Environment = new Dictionary<string, string> { ["RATE"] = "1" },
        Tags = new Dictionary<string, string> { ["team"] = "data" },
        InputSchema = JsonNode.Parse("""{"type":"object"}"""),
        HasHost = false,
    };

    [Theory]
    [InlineData("Arm64", "Architecture is one of X64, Arm64.")]
    [InlineData("Replace", "OverlapPolicy is one of ")]
    [InlineData("Always", "AfterOutcome is one of ")]
    [InlineData("Success", "NotifyOn is one of ")]
    [InlineData("Service", "QueueMode is one of ")]
    [InlineData("TimedOut", "VerdictClass is one of ")]
    public void Choices_are_written_by_name_and_another_name_is_refused_with_those_there_are(string name, string says)
    {
        var json = new JobCatalog([Full]).ToJson();

        var other = Assert.Throws<FormatException>(
            () => JobCatalog.Parse(json.Replace($"\"{name}\"", "\"Mips\"", StringComparison.Ordinal)));
        var number = Assert.Throws<FormatException>(
            () => JobCatalog.Parse(json.Replace($"\"{name}\"", "1", StringComparison.Ordinal)));

        Assert.All([other, number], refused => Assert.Contains(says, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Catalog_reads_back_as_written()
    {
        var catalog = new JobCatalog([Full, new JobDefinition("plain")]);

        var read = JobCatalog.Parse(catalog.ToJson());

        Assert.Equivalent(
            catalog.Jobs[0] with { InputSchema = null }, read.Jobs[0] with { InputSchema = null }, strict: true);
        Assert.True(JsonNode.DeepEquals(Full.InputSchema, read.Jobs[0].InputSchema));
        Assert.Equivalent(new JobDefinition("plain"), read.Find("plain"), strict: true);
        Assert.Equal(catalog.ToJson(), read.ToJson());
        Assert.Null(read.Find("absent"));
    }

    [Fact]
    public void Every_property_of_a_definition_is_in_the_sample_above() => Assert.All(
        typeof(JobDefinition).GetProperties().Where(property => property.Name != nameof(JobDefinition.Name)),
        property => Assert.NotEqual(property.GetValue(new JobDefinition("line-count")), property.GetValue(Full)));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"jobs":null}""")]
    [InlineData("""{"jobs":[{"name":"a","cpu":"many"}]}""")]
    [InlineData("""{"jobs":[{"name":"a","retry":{"retryable":{"classes":["TimeOut"]}}}]}""")]
    public void Something_else_is_refused_with_the_remedy(string json) =>
        Assert.Contains(
            "Synthesize the stack again.",
            Assert.Throws<FormatException>(() => JobCatalog.Parse(json)).Message,
            StringComparison.Ordinal);
}
