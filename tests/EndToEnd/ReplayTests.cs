using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>Replays by the command line, carried out by the stack's functions with the rights they have.</summary>
[Collection(LaptopCollection.Name)]
public sealed class ReplayTests : IDisposable
{
    private const string Csv = "name,age\nAda,36\n";

    private readonly RunningLaptop _stack;
    private readonly JobsCommand _jobs;
    private readonly AmazonDynamoDBClient _dynamo;

    public ReplayTests(RunningLaptop stack)
    {
        (_stack, _jobs) = (stack, new JobsCommand(stack));
        _dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"), new AmazonDynamoDBConfig
            {
                ServiceURL = stack.Laptop.Endpoint.ToString(),
                AuthenticationRegion = Jobs.Local.Ground.Laptop.Region,
            });
    }

    public void Dispose()
    {
        _jobs.Dispose();
        _dynamo.Dispose();
    }

    [Fact]
    public async Task What_has_run_runs_again_only_by_force()
    {
        await _jobs.CatalogAsync();
        var ran = await _stack.UploadAsync("csv-import", "incoming/replayed/b +ü%.csv", Csv);
        await _stack.EndOfAsync(ran);
        string[] command = ["replay", "--prefix", "incoming/replayed/", "--yes", "--json"];

        Assert.Equal((0, 1, true), Progress(await _jobs.JsonWhileTickingAsync(command)));
        Assert.Equal(
            (1, 0, true), Progress(await _jobs.JsonWhileTickingAsync([.. command, "--id", "forced", "--force"])));

        var again = await _stack.EndOfAsync(RunId.From("csv-import", "replay", "forced", ran.ToString()));
        Assert.Equal((RunState.Succeeded, ran), (again.Run.State, again.Run.RetryOf));
        Assert.Equal((1, 0, true), Progress(await _jobs.JsonAsync("replay", "--id", "forced", "--json")));
    }

    [Fact]
    public async Task Planned_times_of_a_window_run_once()
    {
        await _jobs.CatalogAsync();
        string[] command =
        [
            "replay", "--schedule", "hourly-report/rate-1-hour", "--from", "2026-02-01T00:00Z", "--to",
            "2026-02-01T03:00Z", "--json",
        ];

        var done = await _jobs.JsonWhileTickingAsync([.. command, "--yes"]);

        Assert.Equal((3, 0, true), Progress(done));
        foreach (var item in done["items"]!.AsArray())
        {
            var planned = DateTimeOffset.Parse(((string)item!["what"]!).Split(' ')[1], CultureInfo.InvariantCulture);
            var end = await _stack.EndOfAsync(Scheduler.IdOf(new ScheduleKey("hourly-report", "rate-1-hour"), planned));
            Assert.Equal(RunState.Succeeded, end.Run.State);
        }

        Assert.Equal(3, (int)(await _jobs.JsonAsync(command))["ran"]!);
    }

    [Fact]
    public async Task Failed_runs_of_a_time_are_retried_once()
    {
        await _jobs.CatalogAsync();
        var from = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var failed = await _stack.UploadAsync("csv-import", "incoming/replayed-failed/broken.csv", "a,b\n1,2,3\n");
        await _stack.EndOfAsync(failed);
        await _stack.EndOfAsync(await _stack.UploadAsync("csv-import", "incoming/replayed-failed/fine.csv", Csv));
        string[] command =
        [
            "replay", "--failed", "--job", "csv-import", "--from", from, "--to",
            TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), "--json",
        ];
        Assert.Equal(
            (1, 0), ((int)(await _jobs.JsonAsync(command))["count"]!, (int)(await _jobs.JsonAsync(command))["ran"]!));

        Assert.Equal((1, 0, true), Progress(await _jobs.JsonWhileTickingAsync([.. command, "--yes"])));

        var again = await _stack.EndOfAsync(RunId.From("csv-import", "retry", failed.ToString(), "replay"));
        Assert.Equal((RunState.Failed, failed), (again.Run.State, again.Run.RetryOf));
        Assert.Equal(1, (int)(await _jobs.JsonAsync(command))["ran"]!);
    }

    [Fact]
    public async Task Replay_that_the_stack_refuses_is_in_the_dead_letters_with_the_reason()
    {
        await _stack.Queues.SendMessageAsync(new()
        {
            QueueUrl = _stack.Laptop.Output(OutputNames.Commands),
            MessageBody = """{"command":"replay","id":"refused","source":{"schedule":"hourly-report/rate-1-hour","from":"2098-12-31","to":"2099-01-01"}}""",
        });

        var letter = await _stack.WaitAsync<JsonNode>("the dead letter", async () =>
            (await _jobs.JsonAsync("dead-letters", "Commands", "--json"))["messages"]!.AsArray()
                .FirstOrDefault(one => ((string)one!["body"]!).Contains("refused", StringComparison.Ordinal)));

        Assert.Contains("which has not come", (string)letter["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_watching_leaves_the_replay_going_until_it_is_cancelled()
    {
        var replays = new DynamoReplays(_dynamo, _stack.Laptop.Output(OutputNames.RunsTable));
        var now = TimeProvider.System.GetUtcNow();
        await replays.CreateAsync(
            new Replay(
                "watched",
                """{"prefix":"incoming/none/"}""",
                60,
                Force: false,
                now)
            { NextAt = now.AddHours(1), Started = 3 },
            default);

        var (code, output, error) = await _jobs.RunAsync(
            told =>
            {
                // As Ctrl-C, which a test that was itself started in the background of a shell would ignore.
                if (told.Line.Contains("3 started", StringComparison.Ordinal))
                {
                    Process.Start("kill", ["-TERM", $"{told.Process.Id}"]).WaitForExit();
                }
            },
            "replay",
            "--id",
            "watched");

        Assert.Equal(130, code);
        Assert.StartsWith(
            "Replay watched of objects under incoming/none/, 60 a minute.", output, StringComparison.Ordinal);
        Assert.Contains(
            "It goes on without you. Look at it again: dotnet jobs replay --id watched",
            error,
            StringComparison.Ordinal);
        Assert.False((await replays.ReadAsync("watched", default))!.IsOver);

        Assert.Equal(0, (await _jobs.RunAsync("replay", "--id", "watched", "--cancel")).Code);
        var ended = await _stack.WaitAsync(
            "the replay's end",
            async () => await replays.ReadAsync("watched", default) is { IsOver: true } over ? over : null);
        Assert.True(ended.IsCancelled);
        var (ends, shown, _) = await _jobs.RunAsync("replay", "--id", "watched");
        Assert.Equal(1, ends);
        Assert.Contains("Cancelled: 3 runs started", shown, StringComparison.Ordinal);
    }

    internal static (int Started, int Skipped, bool IsOver) Progress(JsonNode replay) =>
        (
            (int)replay["progress"]!["started"]!,
            (int)replay["progress"]!["skipped"]!,
            (bool)replay["progress"]!["isOver"]!);
}
