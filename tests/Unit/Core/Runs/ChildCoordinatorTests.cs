using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Messages;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Runs;

public sealed class ChildCoordinatorTests
{
    private static readonly JobDefinition Parent = TestPlane.Job(cap: 1) with { Submits = ["part"] };
    private static readonly JobDefinition Part = new("part");

    private readonly TestPlane _plane = new(Parent, Part);

    private static RunId ParentId => TestPlane.IdOf(Parent);

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 0, 1)]
    public async Task Parent_goes_on_when_its_last_child_has_ended(params int[] order)
    {
        await BeginAsync();
        foreach (var index in order) await SubmitAsync(index);
        await AwaitAsync(3);
        Assert.Equal(RunState.AwaitingChildren, _plane.Run(Parent).State);
        Assert.Empty(await _plane.HoldersAsync(Parent));

        foreach (var index in order.SkipLast(1)) await EndAsync(index, index != 1);
        Assert.Equal(RunState.AwaitingChildren, _plane.Run(Parent).State);
        await EndAsync(order[^1], order[^1] != 1);

        Assert.Equal(
            (RunState.Starting, 2, 3),
            (_plane.Run(Parent).State, _plane.Run(Parent).Launch, _plane.Run(Parent).Children));
        Assert.Equal(
            [(0, RunState.Succeeded, null), (1, RunState.Failed, "The part is broken."), (2, RunState.Succeeded, null)],
            (await _plane.Children.AllAsync(ParentId, default)).Select(child =>
                (child.Index, child.State!.Value, child.Error)));
    }

    [Fact]
    public async Task Parent_whose_children_ended_before_it_began_to_wait_goes_on_at_once()
    {
        await BeginAsync();
        await SubmitAsync(0);
        await EndAsync(0);

        await AwaitAsync(1);

        Assert.Equal((RunState.Starting, 2), (_plane.Run(Parent).State, _plane.Run(Parent).Launch));
    }

    [Fact]
    public async Task Ending_that_comes_twice_counts_once()
    {
        await BeginAsync();
        foreach (var index in (int[])[0, 1]) await SubmitAsync(index);
        await AwaitAsync(2);

        var child = new ChildRun(0, ChildRun.IdOf("part", ParentId, 0)) { State = RunState.Succeeded };
        Assert.True((await _plane.Children.NoteEndAsync(ParentId, child, default)).IsNew);
        for (var i = 0; i < 5; i++) await _plane.Children.NoteEndAsync(ParentId, child, default);
        await EndAsync(0);
        Assert.Equal(RunState.AwaitingChildren, _plane.Run(Parent).State);

        await EndAsync(1);
        Assert.Equal(RunState.Starting, _plane.Run(Parent).State);
    }

    [Fact]
    public async Task Ending_whose_news_was_lost_is_found_by_the_sweep()
    {
        await BeginAsync();
        await SubmitAsync(0);
        await AwaitAsync(1);
        await _plane.Children.NoteEndAsync(
            ParentId, new ChildRun(0, ChildRun.IdOf("part", ParentId, 0)) { State = RunState.Succeeded }, default);

        await _plane.TickAsync(RunTimings.Check);
        await _plane.TickAsync(RunTimings.EffectGrace);

        Assert.Equal(2, _plane.Run(Parent).Launch);
    }

    [Fact]
    public async Task Child_that_dies_with_its_process_before_telling_is_told_by_the_sweep()
    {
        await BeginAsync();
        await SubmitAsync(0);
        await AwaitAsync(1);
        _plane.Faults.Before = call =>
            { if (call == "NoteEndAsync") throw new HttpRequestException("DynamoDB is away."); };
        await Assert.ThrowsAsync<AggregateException>(() => EndAsync(0));
        Assert.Equal(RunState.AwaitingChildren, _plane.Run(Parent).State);

        _plane.Faults.Before = null;
        await _plane.TickAsync(RunTimings.Check);

        Assert.Equal(2, _plane.Run(Parent).Launch);
    }

    [Fact]
    public async Task Waiting_parent_holds_no_slot_that_its_children_need()
    {
        var self = new TestPlane(Parent with { Submits = ["line-count"] });
        var job = Parent with { Submits = ["line-count"] };
        await self.SubmitAsync(job);
        await SubmitAsync(self, job.Name, 0);
        var child = self.Store.Find(ChildRun.IdOf(job.Name, ParentId, 0))!;
        Assert.Equal(RunState.Pending, child.State);

        await AwaitAsync(self, 1);

        Assert.Equal(RunState.Starting, self.Store.Find(child.Id)!.State);
    }

    [Fact]
    public async Task Cancelled_parent_cancels_its_children_and_admits_no_more()
    {
        await BeginAsync();
        await SubmitAsync(0);
        await SubmitAsync(1);
        await AwaitAsync(3);
        await EndAsync(0);

        await _plane.CancelAsync(_plane.Run(Parent));
        Assert.Contains(
            "is over. Submit it on its own if it is wanted, or retry the parent.",
            await SubmitAsync(2),
            StringComparison.Ordinal);

        Assert.Equal(
            (RunState.Cancelled, RunState.Succeeded, StopCause.Cancelled),
            (_plane.Run(Parent).State, Child(0)!.State, Child(1)!.StopCause));
        Assert.Null(Child(2));
        var late = (await _plane.Children.AllAsync(ParentId, default))[2];
        Assert.Equal(RunState.Cancelled, late.State);
        Assert.Contains("was over before it started. Submit it on its own", late.Error, StringComparison.Ordinal);
        // The one that ran ends in its own time, and nothing of it is lost.
        await EndAsync(1);
        Assert.Equal((RunState.Succeeded, RunState.Cancelled), (Child(1)!.State, _plane.Run(Parent).State));
        Assert.Empty(_plane.Run(Parent).Owed);
    }

    [Fact]
    public async Task Child_on_its_way_when_its_parent_is_cancelled_keeps_the_effect_owed_until_it_is_found()
    {
        await BeginAsync();
        await RegisterAsync(0);
        await AwaitAsync(1);

        await _plane.CancelAsync(_plane.Run(Parent));
        Assert.Equal([Effect.CancelChildren], _plane.Run(Parent).Owed.AsEnumerable());
        await _plane.Engine.SubmitAsync(
            new RunRequest(ChildRun.IdOf("part", ParentId, 0), "child", "{}") { Parent = ParentId }, Part, default);
        await _plane.TickAsync(RunTimings.EffectGrace);

        Assert.Equal(StopCause.Cancelled, Child(0)!.StopCause);
        Assert.Empty(_plane.Run(Parent).Owed);
    }

    [Fact]
    public async Task Command_that_comes_again_while_children_are_cancelled_does_not_hide_the_child_it_began()
    {
        await BeginAsync();
        await SubmitAsync(0);
        await AwaitAsync(1);
        _plane.Faults.Before = call =>
            { if (call == nameof(IChildren.BlocksAsync)) throw new HttpRequestException("DynamoDB is away."); };
        await Assert.ThrowsAsync<AggregateException>(() => _plane.CancelAsync(_plane.Run(Parent)));
        Assert.Contains("is over", await SubmitAsync(0), StringComparison.Ordinal);

        _plane.Faults.Before = null;
        await _plane.TickAsync(RunTimings.EffectGrace);

        Assert.Equal(StopCause.Cancelled, Child(0)!.StopCause);
    }

    [Fact]
    public async Task Child_that_never_came_is_noted_when_none_can_come_any_more()
    {
        await BeginAsync();
        await RegisterAsync(0);
        await AwaitAsync(1);
        await _plane.CancelAsync(_plane.Run(Parent));
        await SubmitAsync(0);
        Assert.Null(Assert.Single(await _plane.Children.AllAsync(ParentId, default)).State);

        await _plane.TickAsync(ChildCoordinator.Straggling);

        Assert.Equal(RunState.Cancelled, Assert.Single(await _plane.Children.AllAsync(ParentId, default)).State);
        Assert.Empty(_plane.Run(Parent).Owed);
    }

    [Fact]
    public async Task Child_that_can_never_be_ends_as_failed_for_its_parent()
    {
        await BeginAsync();
        await AwaitAsync(1);

        await Assert.ThrowsAsync<NotDeployedException>(() => SubmitAsync(_plane, "parrt", 0));

        var child = Assert.Single(await _plane.Children.AllAsync(ParentId, default));
        Assert.Equal(RunState.Failed, child.State);
        Assert.Contains("did you mean 'part'?", child.Error, StringComparison.Ordinal);
        Assert.Equal(2, _plane.Run(Parent).Launch);
    }

    [Fact]
    public async Task Child_that_was_refused_does_not_start_when_its_command_comes_again()
    {
        await BeginAsync();
        await AwaitAsync(2);
        await _plane.Coordinator.RefuseAsync(ParentId, await RegisterAsync(0), "No.", default);

        Assert.EndsWith($"is Failed for its parent {ParentId}.", await SubmitAsync(0), StringComparison.Ordinal);

        Assert.Null(Child(0));
    }

    [Fact]
    public async Task Job_that_awaits_children_it_has_not_fails_with_the_remedy()
    {
        await BeginAsync();

        await AwaitAsync(0);

        Assert.Equal(RunState.Failed, _plane.Run(Parent).State);
        Assert.Contains("SubmitAsync", _plane.Run(Parent).Verdict!.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Child_submitted_twice_is_one_run_and_its_parent_may_have_succeeded_without_it()
    {
        await BeginAsync();
        await _plane.DeliverAsync(_plane.Run(Parent), await _plane.SucceedAsync(_plane.Run(Parent)));

        await SubmitAsync(0);
        await SubmitAsync(0);

        Assert.Equal(2, _plane.Store.All.Count);
        Assert.Equal((ParentId, 0), (Child(0)!.Parent, Child(0)!.ChildIndex));
    }

    [Fact]
    public async Task Child_that_no_parent_waits_for_ends_without_waking_its_parent()
    {
        await BeginAsync();
        await SubmitAsync(0);
        await EndAsync(0);

        Assert.Equal((RunState.Starting, 1), (_plane.Run(Parent).State, _plane.Run(Parent).Launch));
        Assert.Empty(Child(0)!.Owed);
    }

    [Theory]
    [InlineData("part", """{"other":1}""", "the input of job 'part' is another")]
    [InlineData("line-count", "{}", "that was for job 'part', this is for job 'line-count'")]
    [InlineData("gone", "{}", "that was for job 'part', this is for job 'gone'")]
    public async Task Command_with_another_input_in_a_childs_place_is_refused_and_the_first_child_stays(string job,
        string input, string differs)
    {
        await BeginAsync();
        await SubmitAsync(0);
        await SubmitAsync(1);
        await AwaitAsync(2);

        var refused = await Assert.ThrowsAsync<RejectedMessageException>(() => SubmitAsync(_plane, job, 0, input));

        Assert.Contains(
            $"Run {ParentId} has submitted its child 0 before, as {Child(0)!.Id}, and differently: {differs}. The " +
            "first one stays", refused.Message, StringComparison.Ordinal);
        Assert.Contains("same inputs in the same order, or derive them from a checkpoint", refused.Message,
            StringComparison.Ordinal);
        Assert.Equal(3, _plane.Store.All.Count);
        Assert.All(await _plane.Children.AllAsync(ParentId, default), child => Assert.Null(child.State));
        foreach (var index in (int[])[0, 1]) await EndAsync(index);
        Assert.Equal((RunState.Starting, 2), (_plane.Run(Parent).State, _plane.Run(Parent).Launch));
    }

    [Fact]
    public async Task Parent_is_stuck_while_children_do_not_come_and_moves_again_when_they_do()
    {
        await BeginAsync();
        foreach (var index in (int[])[0, 4]) await SubmitAsync(index);
        await RegisterAsync(5);
        await AwaitAsync(6);
        await TicksAsync(25);
        Assert.Null(_plane.Run(Parent).Stall);

        await TicksAsync(15);

        Assert.Equal((Stall.ChildrenMissing, "4 of 6 children have not come, index 1-3, 5"),
            (_plane.Run(Parent).Stall!.Reason, _plane.Run(Parent).Stall!.Detail));
        var alert = Assert.Single(_plane.Alerts.Published);
        Assert.Contains("line-count is stuck: it waits for children that do not come", alert.Subject,
            StringComparison.Ordinal);
        foreach (var part in (string[])["4 of 6 children have not come, index 1-3, 5.",
            "dotnet jobs dead-letters Commands --redrive --stack jobs", $"dotnet jobs cancel {ParentId} --stack jobs"])
        {
            Assert.Contains(part, alert.Body, StringComparison.Ordinal);
        }

        foreach (var index in (int[])[1, 2, 3, 5]) await SubmitAsync(index);
        await TicksAsync(10);
        Assert.Null(_plane.Run(Parent).Stall);
        Assert.Equal(RunState.AwaitingChildren, _plane.Run(Parent).State);
        Assert.Contains("moves again", _plane.Alerts.Published.Last().Subject, StringComparison.Ordinal);
        for (var index = 0; index < 6; index++) await EndAsync(index);
        Assert.Equal((RunState.Starting, 2), (_plane.Run(Parent).State, _plane.Run(Parent).Launch));
    }

    [Fact]
    public async Task Child_whose_run_is_known_is_not_asked_for_again()
    {
        await BeginAsync();
        for (var index = 0; index < 20; index++) await SubmitAsync(index);
        await AwaitAsync(21);
        await TicksAsync(40);
        Assert.Equal("1 of 21 children have not come, index 20", _plane.Run(Parent).Stall!.Detail);

        Assert.Equal([20], (await _plane.Children.BlocksAsync(ParentId, default)).Unbegun(21));
    }

    [Fact]
    public async Task Parent_of_more_than_a_block_goes_on_when_the_last_of_all_blocks_has_ended()
    {
        await BeginAsync();
        await AwaitAsync(250);
        foreach (var index in Enumerable.Range(0, 250).Where(index => index != 120))
        {
            await _plane.Coordinator.RefuseAsync(ParentId, new ChildRun(index, ChildRun.IdOf("part", ParentId, index)),
                "No.", default);
        }

        Assert.Equal(RunState.AwaitingChildren, _plane.Run(Parent).State);
        // Whole blocks only: the first, and the last of fifty.
        Assert.Equal(3, _plane.Faults.Calls.Count(call => call == "BlocksAsync"));
        await _plane.Coordinator.RefuseAsync(ParentId, new ChildRun(120, ChildRun.IdOf("part", ParentId, 120)), "No.",
            default);
        Assert.Equal((RunState.Starting, 2), (_plane.Run(Parent).State, _plane.Run(Parent).Launch));
    }

    private Task<ChildRun> RegisterAsync(int index) => _plane.Coordinator.RegisterAsync(
        ParentId, new ChildRun(index,
            ChildRun.IdOf("part", ParentId, index))
        { Fingerprint = InputFingerprint.Of("part", "{}") }, default);

    private async Task TicksAsync(int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await _plane.TickAsync(TimeSpan.FromMinutes(1));
            foreach (var run in _plane.Store.All.Where(run =>
                run is { Parent: not null, State: RunState.Starting or RunState.Running })) await HeartbeatAsync(run);
        }
    }

    /// <summary>A sign of life of the child's worker.</summary>
    private async Task HeartbeatAsync(Run run)
    {
        await _plane.ClaimAsync(run);
        await _plane.Workers.HeartbeatAsync(run.LaunchId, _plane.Clock.GetUtcNow(), null, default);
    }

    private Run? Child(int index) => _plane.Store.Find(ChildRun.IdOf("part", ParentId, index));

    private Task<bool> BeginAsync() => _plane.SubmitAsync(Parent);

    private Task<string> SubmitAsync(int index) => SubmitAsync(_plane, "part", index);

    private static Task<string> SubmitAsync(
        TestPlane plane, string job, int index, string input = "{}") => plane.Commands.HandleAsync(
        $$$"""{"command":"submit","id":"{{{index}}}","job":"{{{job}}}","input":{{{input}}},"parent":{"run":"{{{ParentId}}}","index":{{{index}}}}}""", Sender.Unknown, mayWait: false, default);

    private Task AwaitAsync(int children) => AwaitAsync(_plane, children);

    private static async Task AwaitAsync(TestPlane plane, int children)
    {
        var run = plane.Store.Find(ParentId)!;
        await plane.ClaimAsync(run);
        await plane.CompleteAsync(run, new WorkerOutcome(80) { Children = children });
        await plane.DeliverAsync(run, plane.Tasks.End(plane.TaskOf(run).TaskArn, WorkerExitCodes.AwaitingChildren));
    }

    private async Task EndAsync(int index, bool succeeds = true)
    {
        var run = Child(index)!;
        await _plane.ClaimAsync(run);
        await _plane.CompleteAsync(
            run,
            succeeds
                ? new WorkerOutcome(0) { ResultJson = "{}" }
                : new WorkerOutcome(64) { Error = new("E", "The part is broken.", null, Retryable: false) });
        await _plane.DeliverAsync(
            run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, succeeds ? 0 : WorkerExitCodes.JobFailed));
    }
}
