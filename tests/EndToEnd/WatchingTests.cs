using System.Text.Json.Nodes;
using System.Threading.Channels;
using Jobs.Apps;
using Jobs.Local.Ground;
using Jobs.Local.Watching;

namespace Jobs.Tests.EndToEnd;

/// <summary>What counts as a change, and of what.</summary>
public sealed class WatchingTests
{
    [Fact]
    public async Task Changes_that_come_close_together_are_one()
    {
        var (clock, changes) = (new ManualClock(), Channel.CreateUnbounded<string>());
        await using var batches = SourceWatch.BatchesAsync(changes.Reader, clock, CancellationToken.None)
            .GetAsyncEnumerator();

        changes.Writer.TryWrite("a");
        var first = batches.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(() => clock.ArmedTimers > 0);
        clock.Advance(SourceWatch.Quiet / 2);
        changes.Writer.TryWrite("b");
        changes.Writer.TryWrite("a");
        await Eventually.TrueAsync(() => changes.Reader.Count == 0 && clock.ArmedTimers > 0);
        Assert.False(first.IsCompleted);
        clock.Advance(SourceWatch.Quiet);

        Assert.True(await first);
        Assert.Equal(["a", "b"], batches.Current.Order());
    }

    [Fact]
    public async Task File_that_is_written_is_told_and_one_that_a_build_writes_is_not()
    {
        using var app = new OwnApp([]);
        app.Write("worker/obj/Old.cs", "");
        using var watch = new SourceWatch(app.Root, TimeProvider.System);
        using var limit = new CancellationTokenSource(RunningLaptop.Patience);
        await using var batches = watch.ReadAsync(limit.Token).GetAsyncEnumerator();

        app.Write("worker/obj/Old.cs", "class Old;");
        app.Write("worker/Job.cs", "class Job2;");

        Assert.True(await batches.MoveNextAsync());
        Assert.Equal([Path.Combine(app.Root, "worker", "Job.cs")], batches.Current);
    }

    [Theory]
    [InlineData("Job.cs", true)]
    [InlineData("src/worker/Job.cs", true)]
    [InlineData(".editorconfig", true)]
    [InlineData("src/bin/Debug/Job.dll", false)]
    [InlineData(".jobs/state/a", false)]
    [InlineData("infra/cdk.out/tree.json", false)]
    public void Source_is_what_no_tool_writes(string file, bool isSource) =>
        Assert.Equal(isSource, SourceFiles.IsSource("/own", $"/own/{file}"));

    [Fact]
    public void Difference_of_templates_is_by_resource_and_metadata_is_none()
    {
        var changes = TemplateChange.Between(
            Template("""
                {"A":{"Type":"AWS::SQS::Queue","Metadata":{"aws:asset:path":"x"}},"B":{"Type":"AWS::SNS::Topic"},
                 "C":{"Type":"AWS::SQS::Queue","Properties":{"Delay":1}}}
                """),
            Template("""
                {"A":{"Type":"AWS::SQS::Queue","Metadata":{"aws:asset:path":"y"}},"D":{"Type":"AWS::S3::Bucket"},
                 "C":{"Type":"AWS::SQS::Queue","Properties":{"Delay":2}}}
                """));

        Assert.Equal(
            ["- B (AWS::SNS::Topic)", "~ C (AWS::SQS::Queue)", "+ D (AWS::S3::Bucket)"],
            changes.Select(change => change.ToString()));
    }

    [Fact]
    public void Difference_beside_the_resources_is_one()
    {
        var plain = Template("{}");
        var more = Template("{}");
        more["Outputs"] = new JsonObject { ["A"] = new JsonObject { ["Value"] = "b" } };

        Assert.True(TemplateChange.DiffersBeside(plain, more));
        Assert.False(TemplateChange.DiffersBeside(plain, Template("""{"A":{"Type":"AWS::SQS::Queue"}}""")));
    }

    [Fact]
    public void Declarations_are_those_that_the_workers_own_sdk_reads()
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "assets", "worker");

        var declared = JobDeclarations.Of(worker, "Jobs.Tests.EndToEndWorker");

        Assert.Contains("\"flaky/\"", declared, StringComparison.Ordinal);
        Assert.Equal(declared, JobDeclarations.Of(worker, "Jobs.Tests.EndToEndWorker"));
        Assert.Null(JobDeclarations.Of(Path.Combine(worker, "none"), "Jobs.Tests.EndToEndWorker"));
    }

    private static JsonObject Template(string resources) =>
        new() { ["Resources"] = JsonNode.Parse(resources) };
}
