using System.Text;
using System.Text.Json.Nodes;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Commands;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Messages;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Runs;

public sealed class ArrayTests
{
    private const string Key = "_jobs/arrays/k.jsonl";

    private static readonly JobDefinition Job = new("part") { InputSchema = JsonNode.Parse("""{"type":"integer"}""") };

    private readonly TestPlane _plane = new(Job);

    private static RunId ArrayId => RunId.From("part", "manual", "k");

    private Run Array => _plane.Store.Find(ArrayId)!;

    private IReadOnlyList<Run> Alive =>
        [.. _plane.Store.All.Where(run => run is { Parent: not null, IsOver: false }).OrderBy(run => run.ChildIndex)];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(7, 3)]
    [InlineData(120, 50)]
    [InlineData(120, 120)]
    public async Task Every_line_is_one_run_and_never_more_run_than_may(int count, int atOnce)
    {
        await SubmitAsync(count, atOnce);

        for (var ended = 0; ended < count; ended++)
        {
            Assert.Equal(Math.Min(atOnce, count - ended), Alive.Count);
            Assert.Equal(RunState.AwaitingChildren, Array.State);
            await EndAsync(Alive[0]);
        }

        Assert.Equal((RunState.Succeeded, $"All {count} items succeeded."), (Array.State, Array.Verdict!.Sentence));
        Assert.Equal(
            Enumerable.Range(0, count).Select(i => $"{i}"),
            _plane.Store.All.Where(run => run.Parent == ArrayId)
                .OrderBy(run => run.ChildIndex)
                .Select(run => run.Input));
        Assert.Empty(Array.Owed);
        Assert.DoesNotContain(_plane.Tasks.All, task => task.Launch.Id.Run == ArrayId);
    }

    [Fact]
    public async Task Command_that_comes_twice_is_one_array()
    {
        await SubmitAsync(3, 1);
        await SubmitAsync(3, 1);

        Assert.Equal(2, _plane.Store.All.Count);
    }

    [Fact]
    public async Task Items_that_fail_fail_the_array_with_their_number()
    {
        await SubmitAsync(3, 3);
        await EndAsync(Alive[0]);
        await EndAsync(Alive[0], succeeds: false);
        await EndAsync(Alive[0]);

        Assert.Equal(
            (RunState.Failed, VerdictClass.ChildrenFailed, "Of 3 items, 1 did not succeed. The first: Broken."),
            (Array.State, Array.Verdict!.Class, Array.Verdict.Sentence));
    }

    [Fact]
    public async Task Line_that_is_no_input_is_a_failed_item_and_holds_up_no_other()
    {
        _plane.Items[Key] = "\"text\"\nnot json\n\n2\n";
        await SendAsync(4, 1);

        Assert.Equal(2, Assert.Single(Alive).ChildIndex);
        await EndAsync(Alive[0]);

        Assert.StartsWith("Of 4 items, 3 did not succeed. The first: Line 1 does not fit", Array.Verdict?.Sentence,
            StringComparison.Ordinal);
        var errors = (await _plane.Children.AllAsync(ArrayId, default)).ToDictionary(child => child.Index, child =>
            child.Error);
        Assert.Contains("Line 1 does not fit job 'part': $ must be an integer", errors[0], StringComparison.Ordinal);
        Assert.Contains("Line 2 is not JSON", errors[1], StringComparison.Ordinal);
        Assert.Contains("no line 4: it was announced with 4 lines", errors[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_of_more_than_256_kilobytes_is_a_failed_item_and_is_not_kept_in_memory()
    {
        var largest = new string('1', RunRequest.MaxInputBytes - 2);
        _plane.Deploy(Job with { InputSchema = null });
        _plane.Items[Key] = $"\"{largest}\"\n\"{largest}1\"\n{new string(' ', 10_000_000)}\n3\n";
        await SendAsync(3, 3);

        Assert.Equal([0, 2], Alive.Select(run => run.ChildIndex));
        var refused = Assert.Single(await _plane.Children.AllAsync(ArrayId, default));
        Assert.Equal(
            (1, RunState.Failed,
            "Line 2 has more than 262,144 bytes. Upload the data to the bucket, and submit its key."),
            (refused.Index, refused.State, refused.Error));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(100_000, 10)]
    [InlineData(100_000, 100_000)]
    public async Task Array_whose_object_is_gone_ends_at_once_and_names_both_possibilities(int count, int atOnce)
    {
        await SendAsync(count, atOnce);

        Assert.Equal((RunState.Failed, VerdictClass.ChildrenFailed), (Array.State, Array.Verdict!.Class));
        Assert.StartsWith(
            $"Of {count:N0} items, {count:N0} did not succeed. The first: From line 1 on nothing could begin: object " +
            $"{Key} is gone, or the stack's functions may not read it", Array.Verdict.Sentence,
            StringComparison.Ordinal);
        Assert.Single(_plane.Store.All);
    }

    [Fact]
    public async Task Array_whose_object_goes_while_items_run_ends_when_these_have()
    {
        await SubmitAsync(250, 3);
        _plane.Items.Delete(Key);

        await EndAsync(Alive[0]);
        Assert.Equal((2, RunState.AwaitingChildren), (Alive.Count, Array.State));
        foreach (var run in Alive) await EndAsync(run);

        Assert.StartsWith("Of 250 items, 247 did not succeed. The first: From line 4 on nothing could begin",
            Array.Verdict?.Sentence, StringComparison.Ordinal);
        Assert.Empty(Array.Owed);
    }

    [Fact]
    public async Task Array_that_was_announced_with_more_lines_than_there_are_ends_when_these_have()
    {
        _plane.Items[Key] = string.Join('\n', Enumerable.Range(0, 120));
        await SendAsync(1_000, 50);

        while (Alive.Count > 0) await EndAsync(Alive[0]);

        Assert.StartsWith(
            "Of 1,000 items, 880 did not succeed. The first: The array has no line 121: it was announced with 1,000 " +
            "lines", Array.Verdict?.Sentence, StringComparison.Ordinal);
        Assert.Equal(121, _plane.Store.All.Count);
    }

    [Fact]
    public async Task Outage_of_the_bucket_is_repeated()
    {
        var away = true;
        _plane.Faults.Before = call =>
            { if (away && call == "ReadAsync/items") throw new HttpRequestException("S3 is away."); };
        await TryAsync(() => SubmitAsync(3, 3));
        Assert.Empty(Alive);

        away = false;
        for (var minute = 0; minute < 5; minute++) await TryAsync(() => _plane.TickAsync(TimeSpan.FromMinutes(1)));

        Assert.Equal([0, 1, 2], Alive.Select(run => run.ChildIndex));
    }

    [Fact]
    public async Task Long_array_begins_a_part_at_a_time_and_then_has_begun_all()
    {
        await SubmitAsync(4_000, 4_000);
        Assert.Equal(1_500, Alive.Count);
        Assert.Contains(Effect.StartChildren, Array.Owed);

        await _plane.TickAsync(RunTimings.EffectGrace);
        Assert.Equal(3_000, Alive.Count);
        await _plane.TickAsync(RunTimings.EffectGrace);

        Assert.Equal(Enumerable.Range(0, 4_000).Select(i => $"{i}"), Alive.Select(run => run.Input));
        Assert.Equal(4_000, _plane.Store.Calls.Count(call => call == "CreateAsync") - 1);
    }

    [Fact]
    public async Task Cancelled_array_cancels_its_items_and_begins_no_more()
    {
        await SubmitAsync(5, 2);

        await _plane.Engine.CancelAsync(ArrayId, null, default);
        foreach (var run in Alive) await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 143));
        await _plane.TickAsync(RunTimings.EffectGrace);

        Assert.Equal(RunState.Cancelled, Array.State);
        Assert.Equal(
            [RunState.Cancelled, RunState.Cancelled],
            _plane.Store.All.Where(run => run.Parent is not null).Select(run => run.State));
        Assert.All(
            _plane.Store.All.Where(run => run.Parent is not null),
            item => Assert.Equal($"run {ArrayId}", item.Cancelled?.By));
        Assert.Empty(Array.Owed);
    }

    [Theory]
    [InlineData("CreateAsync")]
    [InlineData("SaveAsync")]
    [InlineData("NoteEndAsync")]
    [InlineData("RegisterAsync")]
    public async Task Process_that_fails_anywhere_loses_no_item_and_begins_none_twice(string call)
    {
        var calls = 0;
        _plane.Faults.Before = name =>
            { if (name == call && ++calls % 3 == 2) throw new HttpRequestException("DynamoDB is away."); };
        await TryAsync(() => SubmitAsync(9, 2));
        for (var minute = 0; minute < 120 && !(_plane.Store.Find(ArrayId)?.IsOver ?? false); minute++)
        {
            if (_plane.Store.Find(ArrayId) is null) await TryAsync(() => SubmitAsync(9, 2));
            foreach (var run in Alive.Where(
                run =>
                    run is { State: RunState.Starting }
                        && _plane.Tasks.All.Any(task => task.Launch.Id == run.LaunchId)))
            {
                await TryAsync(() => EndAsync(run));
            }

            Assert.InRange(Alive.Count, 0, 2);
            await TryAsync(() => _plane.TickAsync(TimeSpan.FromMinutes(1)));
        }

        Assert.Equal(RunState.Succeeded, Array.State);
        Assert.Equal(9, _plane.Store.All.Count(run => run is { Parent: not null, State: RunState.Succeeded }));
        Assert.Equal(9, _plane.Tasks.All.Count);
    }

    [Fact]
    public async Task Retry_of_an_array_begins_all_its_items_anew()
    {
        await SubmitAsync(2, 2);
        await EndAsync(Alive[0]);
        await EndAsync(Alive[0], succeeds: false);

        await _plane.Commands.HandleAsync(
            $$"""{"command":"retry","id":"again","run":"{{ArrayId}}"}""", Sender.Unknown, mayWait: false, default);

        var again = _plane.Store.Find(new Command.Retry("again", ArrayId).NewRun)!;
        Assert.Equal((RunState.AwaitingChildren, ArrayId), (again.State, again.RetryOf));
        Assert.Equal(2, Alive.Count(run => run.Parent == again.Id));
    }

    [Fact]
    public async Task Lines_are_read_from_where_the_last_reading_ended()
    {
        var content = Encoding.UTF8.GetBytes("\"ü\"\r\n\n[1]\n{}");

        var first = await ReadAsync(0, 0, 1);
        var rest = await ReadAsync(first[0].Next, 0, 5);

        Assert.Equal([new("\"ü\"", 6), new("[1]", 11), new ArrayLine("{}", 13)], [.. first, .. rest]);
        Assert.Equal(rest, await ReadAsync(0, 1, 5));

        async Task<IReadOnlyList<ArrayLine>> ReadAsync(long offset, int skip, int limit)
        {
            using var stream = new MemoryStream(content, (int)offset, content.Length - (int)offset);
            return await ArrayReader.ReadAsync(stream, offset, skip, limit, default);
        }
    }

    private Task<string> SubmitAsync(int count, int atOnce)
    {
        _plane.Items[Key] = string.Join('\n', Enumerable.Range(0, count));
        return SendAsync(count, atOnce);
    }

    private Task<string> SendAsync(int count, int atOnce) => _plane.Commands.HandleAsync(
        $$$"""{"command":"submit","id":"k","job":"part","array":{"key":"{{{Key}}}","count":{{{count}}}},"maxConcurrent":{{{atOnce}}}}""", Sender.Unknown, mayWait: false, default);

    private async Task EndAsync(Run run, bool succeeds = true)
    {
        await _plane.ClaimAsync(run);
        await _plane.CompleteAsync(
            run,
            succeeds
                ? new WorkerOutcome(0) { ResultJson = "{}" }
                : new WorkerOutcome(64) { Error = new("E", "Broken.", null, Retryable: false) });
        var task = _plane.TaskOf(run).TaskArn;
        await _plane.DeliverAsync(run, _plane.Tasks.End(task, succeeds ? 0 : WorkerExitCodes.JobFailed));
    }

    private static async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (e is HttpRequestException or AggregateException)
        {
            // The process died here; what it left is found later.
        }
    }
}
