using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Runs;
using Jobs.Core.Backlog;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>
/// What a version of the program stored is read by this one and goes on under it, also after a rollback.
/// </summary>
[Collection(nameof(DynamoTables))]
public sealed class GoldenItemTests(DynamoTables tables)
{
    private static readonly DateTimeOffset Eight = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private DynamoRunStore Runs => new(tables.Client, DynamoTables.Runs, DynamoTables.Results, TimeProvider.System);

    [Fact]
    public async Task Run_of_version_1_is_read_whole()
    {
        var run = await StoreAsync("run.v1");

        Assert.Equal((RunState.Starting, 4, 2, 2, 3), (run.State, run.Version, run.Attempt, run.Launch, run.Priority));
        Assert.Equal((0, true, new TaskSize(512, 2_048)), (run.Slot, run.UsesSpot, run.Size));
        Assert.Equal(
            (8_192, 240, true, true),
            (run.Policy.MaxMemoryMiB, run.Policy.RunTimeoutMinutes, run.Policy.Spot, run.Policy.HasHost));
        var retryable = run.Policy.Retryable!;
        Assert.Equal(VerdictClass.TimedOut, Assert.Single(retryable.Classes));
        Assert.Equal((3, "A.B"), (Assert.Single(retryable.ExitCodes), Assert.Single(retryable.ErrorTypes)));
        Assert.Equal([Effect.Launch, Effect.AlertStuck], run.Owed.AsEnumerable());
        Assert.Equal((VerdictClass.OutOfMemory, VerdictAction.RetryBigger), (run.Verdict!.Class, run.Verdict.Action));
        Assert.Equal((Stall.NoAnswer, Eight.AddMinutes(5)), (run.Stall!.Reason, run.Stall.Since));
        Assert.Equal((Eight.AddMinutes(10), null), (run.NextCheckAt, run.TurnAt));
    }

    [Fact]
    public async Task Run_of_version_1_finishes_under_this_one()
    {
        var run = await StoreAsync("run.v1");
        var claimed = RunLifecycle.Apply(run, new Fact.TaskClaimed(2, Sample.Task1, Eight), Eight.AddMinutes(6));
        Assert.True(await Runs.SaveAsync(claimed, CancellationToken.None));
        var worker = new WorkerRecord(2, Sample.Task1, Eight) { ResultJson = "{}" };
        var ended = RunLifecycle.Apply(
            claimed, new Fact.TaskStopped(2, Sample.Stopped(Sample.Task1, 0), worker), Eight.AddMinutes(7));
        Assert.True(await Runs.SaveAsync(ended, CancellationToken.None));

        Assert.Equal(RunState.Succeeded, (await Runs.ReadAsync(run.Id, CancellationToken.None))!.Run.State);
    }

    [Fact]
    public async Task What_a_newer_version_wrote_is_carried_and_not_thrown()
    {
        var golden = GoldenItem.Read("run.newer");
        var run = await StoreAsync("run.newer");
        Assert.Equal(
            (RunState.Unknown, StopCause.Unknown, VerdictClass.Unknown, VerdictAction.GiveUp),
            (run.State, run.StopCause, run.Verdict!.Class, run.Verdict.Action));
        Assert.Equal(EffectKind.Unknown, Assert.Single(run.Owed).Kind);

        Assert.True(
            await Runs.SaveAsync(
                RunLifecycle.Checked(run, missing: null, silent: false, Eight.AddMinutes(11)), CancellationToken.None));

        var stored = (
            await tables.Client.GetItemAsync(DynamoTables.Runs, new() { ["pk"] = golden["pk"], ["sk"] = golden["sk"] },
                true)).Item;
        foreach (var name in (string[])["state", "pausedBy", "stopCause"]) Assert.Equal(golden[name].S, stored[name].S);
        Assert.Equal(golden["owed"].SS, stored["owed"].SS);
        Assert.Equal("1", stored["policy"].M["gpus"].N);
        Assert.Equal(
            ("Rested", "Wait", "Sunday"),
            (stored["verdict"].M["class"].S, stored["verdict"].M["action"].S, stored["verdict"].M["why"].S));
    }

    [Fact]
    public async Task Item_that_is_no_run_keeps_no_other_from_being_read()
    {
        var good = await StoreAsync("run.v1");
        var bad = RunId.From("line-count", "bad");
        await tables.Client.PutItemAsync(
            DynamoTables.Runs, new() { ["pk"] = new(bad.ToString()), ["sk"] = new("run") });

        var read = await Runs.ReadAsync([bad, good.Id], CancellationToken.None);

        Assert.Equal(good.Id, Assert.Single(read.Found).Run.Id);
        Assert.Equal(bad, Assert.Single(read.Unreadable).Id);
    }

    [Fact]
    public async Task Schedule_of_version_1_is_read_and_keeps_what_a_newer_one_added()
    {
        var schedules = new DynamoSchedules(tables.Client, DynamoTables.Runs);
        var item = GoldenItem.Read("schedule.v1");
        await tables.Client.PutItemAsync(DynamoTables.Runs, item);
        var state = await schedules.ReadAsync(new ScheduleKey("hourly-report", "golden"), CancellationToken.None);
        Assert.Equal(
            (5, Eight, Eight.AddHours(1), true, Eight.AddHours(1)),
            (state.Version, state.Holder, state.Next, state.Replaces, state.LastPlannedAt));
        Assert.Equal([Eight.AddHours(-1)], state.Skips.AsEnumerable());

        Assert.True(await schedules.SaveAsync(state.Release() with { Version = 6 }, CancellationToken.None));

        Assert.Equal("a newer version's", (await StoredAsync(item))["pausedUntil"].S);
        await tables.Client.DeleteItemAsync(DynamoTables.Runs, KeyOf(item));
    }

    [Fact]
    public async Task Drains_of_version_1_are_read_and_keep_what_a_newer_one_added()
    {
        var drains = new DynamoDrains(tables.Client, DynamoTables.Runs);
        var item = GoldenItem.Read("drains.v1");
        await tables.Client.PutItemAsync(DynamoTables.Runs, item);
        var state = await drains.ReadAsync("golden-worker", CancellationToken.None);
        Assert.Equal(
            (3, 1_767_600_000L, 2, Eight.AddMinutes(2)),
            (state.Version, state.Generation, state.Failures, state.NotBefore!.Value));
        Assert.Equal([new Drain(1_767_600_000, 0), new Drain(1_767_600_000, 1)], state.Alive.AsEnumerable());

        Assert.True(await drains.SaveAsync(state with { Version = 4, Failures = 0 }, CancellationToken.None));

        Assert.Equal("a newer version's", (await StoredAsync(item))["pausedBy"].S);
    }

    private async Task<Run> StoreAsync(string name)
    {
        var item = GoldenItem.Read(name);
        await tables.Client.PutItemAsync(DynamoTables.Runs, item);
        return (await Runs.ReadAsync(RunId.Parse(item["pk"].S), CancellationToken.None))!.Run;
    }

    private async Task<Dictionary<string, AttributeValue>> StoredAsync(Dictionary<string, AttributeValue> item) =>
        (await tables.Client.GetItemAsync(DynamoTables.Runs, KeyOf(item), true)).Item;

    private static Dictionary<string, AttributeValue> KeyOf(Dictionary<string, AttributeValue> item) =>
        new() { ["pk"] = item["pk"], ["sk"] = item["sk"] };
}
