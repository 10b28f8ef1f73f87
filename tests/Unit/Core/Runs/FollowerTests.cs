using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Runs;

public sealed class FollowerTests
{
    private static readonly JobDefinition Parent = TestPlane.Job();
    private static readonly JobDefinition OnSuccess = new("on-success") { Afters = [new AfterTrigger(Parent.Name)] };
    private static readonly JobDefinition OnFailure = new("on-failure")
    {
        Afters = [new AfterTrigger(Parent.Name, AfterOutcome.Failure) { TakesEnding = true }],
    };
    private static readonly JobDefinition Always = new("always")
    {
        Afters = [new AfterTrigger(Parent.Name, AfterOutcome.Always) { TakesEnding = true }],
    };

    private readonly TestPlane _plane = new(Parent, OnSuccess, OnFailure, Always);

    [Fact]
    public async Task Success_starts_what_comes_after_it_with_the_result()
    {
        await EndAsync(new WorkerOutcome(0) { ResultJson = """{"lines":7}""" });

        Assert.Equal(["always", "on-success"], Started());
        Assert.Equal("""{"lines":7}""", Follower(OnSuccess)!.Input);
        Assert.Equal(
            $$$"""{"run":"{{{TestPlane.IdOf(Parent)}}}","state":"succeeded","result":{"lines":7}}""",
            Follower(Always)!.Input);
        Assert.Equal($"after {TestPlane.IdOf(Parent)}", Follower(OnSuccess)!.Trigger);
        Assert.Empty(_plane.Run(Parent).Owed);
    }

    [Fact]
    public async Task Result_in_s3_is_passed_on_by_its_key()
    {
        await EndAsync(new WorkerOutcome(0) { ResultKey = "_jobs/results/line-count/x.json" });

        Assert.Equal(
            (null, "_jobs/results/line-count/x.json"), (Follower(OnSuccess)!.Input, Follower(OnSuccess)!.InputKey));
        Assert.Equal($$"""{"run":"{{TestPlane.IdOf(Parent)}}","state":"succeeded"}""", Follower(Always)!.Input);
        Assert.Equal("""{"run":"r","result":[1]}""", EndingJson.WithResult("""{"run":"r"}""", "[1]"));
        Assert.Equal("[1]", EndingJson.WithResult(null, "[1]"));
    }

    [Fact]
    public async Task Failure_starts_what_comes_after_it_with_the_reason()
    {
        await EndAsync(new WorkerOutcome(64) { Error = new("E", "The file is \"broken\".", null, Retryable: false) });

        Assert.Equal(["always", "on-failure"], Started());
        Assert.Equal(
            $$"""{"run":"{{TestPlane.IdOf(Parent)}}","state":"failed","error":"The file is \"broken\"."}""",
            Follower(OnFailure)!.Input);
    }

    [Fact]
    public async Task Attempt_that_is_repeated_starts_nothing()
    {
        await EndAsync(new WorkerOutcome(64) { Error = new("E", "Busy.", null, Retryable: true) });

        Assert.Equal((RunState.Starting, 2), (_plane.Run(Parent).State, _plane.Run(Parent).Attempt));
        Assert.Empty(Started());
    }

    [Fact]
    public async Task Cancellation_starts_only_what_comes_always()
    {
        await _plane.WaitAsync(Parent, "b");
        await _plane.SubmitAsync(Parent);
        await _plane.CancelAsync(_plane.Run(Parent));
        await _plane.DeliverAsync(_plane.Run(Parent), _plane.Tasks.End(_plane.TaskOf(_plane.Run(Parent)).TaskArn, 143));

        Assert.Equal(RunState.Cancelled, _plane.Run(Parent).State);
        Assert.Equal(["always"], Started());
    }

    [Fact]
    public async Task Process_that_dies_before_it_starts_a_follower_leaves_it_to_the_sweep()
    {
        await _plane.SubmitAsync(Parent);
        var stopped = await _plane.SucceedAsync(_plane.Run(Parent));
        _plane.Faults.Before = call =>
            { if (call == "CreateAsync") throw new HttpRequestException("DynamoDB is away."); };
        await Assert.ThrowsAsync<AggregateException>(() => _plane.DeliverAsync(_plane.Run(Parent), stopped));
        Assert.Equal(RunState.Succeeded, _plane.Run(Parent).State);
        Assert.Equal([Effect.Follow], _plane.Run(Parent).Owed.AsEnumerable());

        _plane.Faults.Before = null;
        await _plane.TickAsync(RunTimings.Check);

        Assert.Equal(["always", "on-success"], Started());
        Assert.Empty(_plane.Run(Parent).Owed);
    }

    [Fact]
    public async Task End_that_comes_twice_starts_each_follower_once()
    {
        await _plane.SubmitAsync(Parent);
        var stopped = await _plane.SucceedAsync(_plane.Run(Parent));

        await _plane.DeliverAsync(_plane.Run(Parent), stopped);
        await _plane.DeliverAsync(_plane.Run(Parent), stopped);

        Assert.Equal(2, _plane.Store.All.Count(run => run.Id.Job != Parent.Name));
        Assert.Equal(3, _plane.Tasks.All.Count);
    }

    [Fact]
    public async Task Run_that_nothing_comes_after_owes_nothing_more_than_before()
    {
        var plane = new TestPlane(Parent);
        await plane.SubmitAsync(Parent);
        await plane.DeliverAsync(plane.Run(Parent), await plane.SucceedAsync(plane.Run(Parent)));

        Assert.False(plane.Run(Parent).Followed);
        Assert.Equal(["CreateAsync", "ReadAsync", "SaveAsync"], plane.Store.Calls);
    }

    private async Task EndAsync(WorkerOutcome outcome)
    {
        await _plane.SubmitAsync(Parent);
        var run = _plane.Run(Parent);
        await _plane.ClaimAsync(run);
        await _plane.CompleteAsync(run, outcome);
        await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, outcome.Error is null ? 0 : 64));
    }

    private Run? Follower(JobDefinition job) => _plane.Store.Find(Followers.IdOf(job.Name, TestPlane.IdOf(Parent)));

    private IEnumerable<string> Started() =>
        _plane.Store.All.Select(run => run.Id.Job).Where(job => job != Parent.Name).Order(StringComparer.Ordinal);
}
