using System.Text;
using System.Text.Json.Nodes;
using Jobs.Aws.Metrics;
using Jobs.Core.Ids;
using Jobs.Core.Metrics;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Aws;

public sealed class EmbeddedMetricsTests
{
    /// <summary>What the page of costs says a run writes at most, in bytes: its launch and its end.</summary>
    private const int MostBytes = 900;

    private readonly List<string> _lines = [];

    private static EndFigures Success { get; } =
        new(RunId.From("csv-import", "upload", "incoming/a.csv"), 1, "upload incoming/*.csv")
        {
            Outcome = RunState.Succeeded,
            Verdict = VerdictClass.Succeeded,
            Waited = TimeSpan.FromSeconds(31.2345),
            Ran = TimeSpan.FromSeconds(12.5),
            Dollars = 0.00041152m,
        };

    [Fact]
    public void End_is_one_line_with_its_metrics_and_what_queries_ask_for()
    {
        Metrics().Ended(Success);

        var json = Line();
        Assert.Equal(
            """[{"Namespace":"Jobs","Dimensions":[["Stack","Outcome"]],"Metrics":[{"Name":"Runs","Unit":"Count"}]},{"Namespace":"Jobs","Dimensions":[["Stack"]],"Metrics":[{"Name":"Failures","Unit":"Count"},{"Name":"WaitedSeconds","Unit":"Seconds"},{"Name":"RunSeconds","Unit":"Seconds"},{"Name":"CostDollars","Unit":"None"}]}]""",
            json["_aws"]!["CloudWatchMetrics"]!.ToJsonString());
        json.AsObject().Remove("_aws");
        Assert.Equal(
            $$"""{"Stack":"shop","Job":"csv-import","Run":"{{Success.Run}}","Attempt":"1","Outcome":"Succeeded","Verdict":"Succeeded","Trigger":"upload incoming/*.csv","Runs":1,"Failures":0,"WaitedSeconds":31.234,"RunSeconds":12.5,"CostDollars":0.000412}""",
            json.ToJsonString());
    }

    [Fact]
    public void Job_is_a_dimension_where_that_is_asked_for_and_only_there()
    {
        Metrics("csv-import").Ended(Success);
        Metrics("csv-import").Launched("csv-import");
        Metrics("csv-import").Launched("other");

        Assert.Equal("""[["Stack","Outcome"],["Stack","Job","Outcome"]]""", Dimensions(_lines[0], 0));
        Assert.Equal("""[["Stack"],["Stack","Job"]]""", Dimensions(_lines[0], 1));
        Assert.Equal("""[["Stack"],["Stack","Job"]]""", Dimensions(_lines[1], 0));
        Assert.Equal("""[["Stack"]]""", Dimensions(_lines[2], 0));
    }

    [Theory]
    [InlineData(RunState.Succeeded, 0.0)]
    [InlineData(RunState.Failed, 1.0)]
    [InlineData(RunState.TimedOut, 1.0)]
    [InlineData(RunState.Cancelled, null)]
    [InlineData(RunState.Skipped, null)]
    public void Run_that_was_cancelled_or_skipped_neither_failed_nor_succeeded(RunState outcome, double? failures)
    {
        Metrics().Ended(Success with { Outcome = outcome });

        Assert.Equal(failures, (double?)Line()["Failures"]);
    }

    [Fact]
    public void Attempt_of_a_run_that_goes_on_is_no_run_that_ended()
    {
        Metrics().Ended(Success with { Outcome = null, Verdict = VerdictClass.SpotInterruption });

        Assert.Null(Line()["Runs"]);
        Assert.Null(Line()["Outcome"]);
        Assert.Equal("SpotInterruption", (string?)Line()["Verdict"]);
        Assert.Equal(12.5, (double)Line()["RunSeconds"]!);
    }

    [Fact]
    public void Refusal_has_its_reason_as_a_dimension_and_backlogs_have_none()
    {
        Metrics().Refused("csv-import", VerdictClass.VcpuLimit);
        Metrics().Backlog("drain", 12);
        Metrics().Waiting(3);

        Assert.Equal("""[["Stack","Reason"]]""", Dimensions(_lines[0], 0));
        Assert.Equal("VcpuLimit", (string?)Json(_lines[0])["Reason"]);
        Assert.Equal(("drain", 12.0), ((string?)Json(_lines[1])["Job"], (double)Json(_lines[1])["Backlog"]!));
        Assert.Equal((null, 3.0), ((string?)Json(_lines[2])["Job"], (double)Json(_lines[2])["WaitingRuns"]!));
    }

    [Fact]
    public void Launch_and_end_of_a_run_have_at_most_the_bytes_that_the_page_of_costs_says()
    {
        Metrics().Launched("csv-import");
        Metrics().Ended(Success);

        Assert.InRange(_lines.Sum(line => Encoding.UTF8.GetByteCount(line) + 1), MostBytes / 2, MostBytes);
    }

    private EmbeddedRunMetrics Metrics(string? byJob = null) =>
        new("shop", job => job == byJob, _lines.Add, new ManualClock());

    private JsonNode Line() => Json(Assert.Single(_lines));

    private static JsonNode Json(string line) => JsonNode.Parse(line)!;

    private static string Dimensions(string line, int directive) =>
        Json(line)["_aws"]!["CloudWatchMetrics"]![directive]!["Dimensions"]!.ToJsonString();
}
