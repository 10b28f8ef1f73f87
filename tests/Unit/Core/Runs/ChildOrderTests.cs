using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Messages;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>
/// The orders that the architecture page argues for, held at every interleaving of the processes' calls: a child is
/// begun once, never more run than may,
/// and the last process finds that all have ended.
/// </summary>
public sealed class ChildOrderTests
{
    private const string Key = "_jobs/arrays/k.jsonl";

    private static readonly JobDefinition Item = new("part");
    private static readonly JobDefinition Parent = new("line-count") { Submits = ["part"] };

    private static RunId ArrayId => RunId.From("part", "manual", "k");

    private static RunId ParentId => TestPlane.IdOf(Parent);

    [Theory]
    [InlineData(2, 6, new[] { 0, 1 }, 4)]
    [InlineData(3, 9, new[] { 0, 1, 2 }, 2)]
    [InlineData(2, 3, new[] { 0, 1 }, 4)]
    [InlineData(2, 2, new[] { 0, 1 }, 4)]
    [InlineData(3, 3, new[] { 0, 1, 2 }, 2)]
    public Task Endings_at_once_begin_each_child_once(int atOnce, int count, int[] ending, int switches) =>
        ExploreAsync(
        switches,
        Enumerable.Range(0, count),
        atOnce,
        [.. ending.Select(Ends)],
        plane => Assert.Equal(Math.Min(count, atOnce + ending.Length) + 1,
            plane.Faults.Calls.Count(call => call == nameof(IRunStore.CreateAsync))));

    [Fact]
    public Task Ending_that_comes_twice_frees_one_place() =>
        ExploreAsync(2, Enumerable.Range(0, 6), 2, [Ends(0), Ends(0), Ends(1)], _ => { });

    [Fact]
    public Task Look_of_the_sweep_and_endings_use_no_place_twice() =>
        ExploreAsync(2, Enumerable.Range(0, 6), 2, [Ends(0), Looks(), Ends(1)], _ => { });

    [Fact]
    public Task Two_looks_begin_each_child_once() => ExploreAsync(
        3,
        Enumerable.Range(0, 6),
        6,
        [Looks(), Looks()],
        plane => Assert.Equal(6, plane.Faults.Calls.Count(call => call == nameof(IRunStore.CreateAsync))),
        areBegun: false);

    [Fact]
    public Task Lines_that_are_no_inputs_free_places_as_endings_do() =>
        ExploreAsync(2, ["0", "1", "{", "[", "4", "5", "6"], 2, [Ends(0), Ends(1), Looks()], _ => { });

    [Fact]
    public Task Array_that_ends_while_it_begins_children_leaves_none_alive() => ExploreAsync(
        4,
        Enumerable.Range(0, 6),
        2,
        [Ends(0), (plane, gate) => plane.Process(gate, Item).Engine.CancelAsync(ArrayId, null, default)],
        _ => { },
        end: async plane =>
        {
            await plane.TickAsync(RunTimings.EffectGrace);
            Assert.Empty(plane.Store.Find(ArrayId)!.Owed);
            Assert.All(plane.Store.All.Where(run => run is { Parent: not null, ChildIndex: > 0 }), run =>
                Assert.Equal(StopCause.Cancelled, run.StopCause));
        });

    [Fact]
    public Task Parent_that_begins_to_wait_and_children_that_end_miss_each_other_never() => RunAsync(
        new Interleaving<TestPlane>(
            3,
            _ => BeginParent(2),
            [
                (plane, gate) =>
                    plane.Process(gate, Item, Parent).Children.TellParentAsync(Ended(plane, ParentId, 0), default),
                (plane, gate) =>
                    plane.Process(gate, Item, Parent).Children.TellParentAsync(Ended(plane, ParentId, 1), default),
                AwaitAsync,
            ],
            _ => { },
            plane =>
            {
                Assert.Equal((RunState.Starting, 2),
                    (plane.Store.Find(ParentId)!.State, plane.Store.Find(ParentId)!.Launch));
                return Task.CompletedTask;
            }));

    [Fact]
    public Task Child_that_comes_while_its_parent_is_cancelled_is_cancelled_or_never_begins() => RunAsync(
        new Interleaving<TestPlane>(
            4,
            _ => BeginParent(0),
            [
                (plane, gate) => plane.Process(gate, Item, Parent).Commands.HandleAsync(
                    $$$"""{"command":"submit","id":"0","job":"part","input":{},"parent":{"run":"{{{ParentId}}}","index":0}}""", Sender.Unknown, mayWait: false, default),
                async (plane, gate) =>
                {
                    var engine = plane.Process(gate, Item, Parent).Engine;
                    await engine.ApplyAsync(ParentId, _ => new Fact.CancelRequested(), default);
                    var stopped = plane.Tasks.End(plane.TaskOf(plane.Store.Find(ParentId)!).TaskArn, 143);
                    await engine.ApplyAsync(ParentId, reading =>
                        new Fact.TaskStopped(1, stopped, reading.Worker), default);
                },
            ],
            _ => { },
            async plane =>
            {
                await plane.TickAsync(RunTimings.EffectGrace);
                if (plane.Store.Find(ChildRun.IdOf("part", ParentId, 0)) is { } child) Assert.Equal(
                    StopCause.Cancelled, child.StopCause);
                // Whether one may still be on its way is known when none can be.
                await plane.TickAsync(ChildCoordinator.Straggling);
                Assert.Empty(plane.Store.Find(ParentId)!.Owed);
            }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Process_that_dies_at_any_call_loses_no_child_and_lets_no_more_run(bool after)
    {
        for (var call = 0; ; call++)
        {
            var plane = await BeginArrayAsync(Enumerable.Range(0, 5), 2);
            (plane.Faults.CrashAt, plane.Faults.CrashAfter) = (plane.Faults.Calls.Count + call, after);
            await EndAsync(plane, plane.Store.Find(ChildRun.IdOf("part", ArrayId, 0))!);
            if (!plane.Faults.HasCrashed)
            {
                Assert.InRange(call, 10, 100);
                return;
            }

            plane.Faults.Restart();
            for (var minute = 0; minute < 60 && !plane.Store.Find(ArrayId)!.IsOver; minute++)
            {
                await plane.TickAsync(TimeSpan.FromMinutes(1));
                Assert.InRange(plane.Store.All.Count(run => run is { Parent: not null, IsOver: false }), 0, 2);
                if (Runs(plane).FirstOrDefault() is { } run) await EndAsync(plane, run);
            }

            Assert.True(plane.Store.Find(ArrayId)!.State == RunState.Succeeded, $"It died at call {call}.");
            Assert.Equal(5, plane.Tasks.All.Count);
        }
    }

    /// <summary>Items that have a task.</summary>
    private static IEnumerable<Run> Runs(TestPlane plane) => plane.Store.All.Where(run =>
        run is { Parent: not null, State: RunState.Starting or RunState.Running }
            && plane.Tasks.All.Any(task => task.Launch.Id == run.LaunchId));

    private static Func<TestPlane, Gate, Task> Ends(int index) =>
        (plane, gate) => plane.Process(gate, Item).Children.TellParentAsync(Ended(plane, ArrayId, index), default);

    private static Func<TestPlane, Gate, Task> Looks() =>
        (plane, gate) => plane.Process(gate, Item).Children.CountChildrenAsync(plane.Store.Find(ArrayId)!, default);

    private static async Task ExploreAsync<T>(
        int switches, IEnumerable<T> lines, int atOnce, IReadOnlyList<Func<TestPlane, Gate, Task>> processes,
            Action<TestPlane> atEnd, bool areBegun = true, Func<TestPlane, Task>? end = null)
    {
        var count = lines.Count();
        await RunAsync(new Interleaving<TestPlane>(
            switches,
            _ => Begin(lines, atOnce, areBegun),
            processes,
            plane => Assert.InRange(Alive(plane, count), 0, atOnce),
            async plane =>
            {
                if (end is not null)
                {
                    await end(plane);
                    return;
                }

                // The next look takes the places that are left, and no more.
                await plane.Coordinator.CountChildrenAsync(plane.Store.Find(ArrayId)!, default);
                var ended = Blocks(plane).Ended(count);
                Assert.Equal(Math.Min(atOnce, count - ended), Alive(plane, count));
                Assert.Equal(ended == count, plane.Store.Find(ArrayId)!.IsOver);
                atEnd(plane);
            }));
    }

    private static async Task RunAsync(Interleaving<TestPlane> interleaving) =>
        Assert.InRange(await interleaving.ExploreAsync(), 20, 100_000);

    private static int Alive(TestPlane plane, int count) =>
        (plane.Cursors.ReadAsync(ArrayId, isExact: true, default).Result?.Begun ?? 0) - Blocks(plane).Ended(count);

    private static ChildBlocks Blocks(TestPlane plane) => plane.Children.BlocksAsync(ArrayId, default).Result;

    private static RunReading Ended(TestPlane plane, RunId parent, int index) =>
        new(plane.Store.Find(ChildRun.IdOf("part", parent, index))! with { State = RunState.Succeeded }, null);

    private static TestPlane Begin<T>(IEnumerable<T> lines, int atOnce, bool areBegun) =>
        (areBegun ? BeginArrayAsync(lines, atOnce) : CreateArrayAsync(lines, atOnce)).GetAwaiter().GetResult();

    private static async Task<TestPlane> BeginArrayAsync<T>(IEnumerable<T> lines, int atOnce)
    {
        var plane = new TestPlane(Item);
        plane.Items[Key] = string.Join('\n', lines);
        await plane.Commands.HandleAsync(
            $$$"""{"command":"submit","id":"k","job":"part","array":{"key":"{{{Key}}}","count":{{{lines.Count()}}}},"maxConcurrent":{{{atOnce}}}}""", Sender.Unknown, mayWait: false, default);
        return plane;
    }

    /// <summary>The array as its process left it that died before it began a child.</summary>
    private static async Task<TestPlane> CreateArrayAsync<T>(IEnumerable<T> lines, int atOnce)
    {
        var plane = new TestPlane(Item);
        plane.Items[Key] = string.Join('\n', lines);
        var work = new ArrayWork(Key, lines.Count(), atOnce);
        await plane.Store.CreateAsync(
            ArrayRuns.Submit(new RunRequest(ArrayId, "array", "{}"), RunPolicy.Of(Item), work,
            plane.Clock.GetUtcNow()), default);
        return plane;
    }

    private static TestPlane BeginParent(int children)
    {
        var plane = new TestPlane(Item, Parent);
        BeginAsync().GetAwaiter().GetResult();
        return plane;

        async Task BeginAsync()
        {
            await plane.SubmitAsync(Parent);
            await plane.ClaimAsync(plane.Run(Parent));
            if (children > 0) await plane.CompleteAsync(plane.Run(Parent), new(80) { Children = children });
            for (var index = 0; index < children; index++)
            {
                await plane.Commands.HandleAsync(
                    $$$"""{"command":"submit","id":"{{{index}}}","job":"part","input":{},"parent":{"run":"{{{ParentId}}}","index":{{{index}}}}}""", Sender.Unknown, mayWait: false, default);
            }
        }
    }

    private static Task<Run?> AwaitAsync(TestPlane plane, Gate gate)
    {
        var stopped = plane.Tasks.End(plane.TaskOf(plane.Store.Find(ParentId)!).TaskArn,
            WorkerExitCodes.AwaitingChildren);
        return plane.Process(gate, Item, Parent).Engine.ApplyAsync(ParentId, reading =>
            new Fact.TaskStopped(1, stopped, reading.Worker), default);
    }

    private static async Task EndAsync(TestPlane plane, Run run)
    {
        await plane.ClaimAsync(run);
        await plane.CompleteAsync(run, new WorkerOutcome(0) { ResultJson = "{}" });
        try
        {
            await plane.DeliverAsync(run, plane.Tasks.End(plane.TaskOf(run).TaskArn, 0));
        }
        catch (Exception e) when (plane.Faults.HasCrashed && e is not Xunit.Sdk.XunitException)
        {
            // What the process left is found later.
        }
    }
}
