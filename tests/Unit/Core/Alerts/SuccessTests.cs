using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Alerts;

/// <summary>What those are told who hear of a job's successes.</summary>
public sealed class SuccessTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly JobDefinition Job = TestPlane.Job() with
    {
        Owner = "Orders team",
        Recipients = [new("orders@example.com") { On = NotifyOn.Success }],
    };

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Success_is_one_email_with_the_owner_and_where_its_result_is()
    {
        await SucceedAsync("a");

        var alert = Assert.Single(_plane.Alerts.Published);
        Assert.Equal((Job.Name, true), (alert.Job, alert.IsSuccess));
        Assert.StartsWith($"jobs: {Job.Name} succeeded: ", alert.Subject, StringComparison.Ordinal);
        Assert.StartsWith($"{Job.Name} succeeded.\nOwner: Orders team\n", Lines(alert), StringComparison.Ordinal);
        Assert.Contains($"dotnet jobs show {Run("a").Id} --stack jobs", alert.Body, StringComparison.Ordinal);
        Assert.Empty(Run("a").Owed);
    }

    [Fact]
    public async Task Result_is_not_in_the_email()
    {
        await SucceedAsync("a", """{"secret":"s3cr3t"}""");

        Assert.DoesNotContain("s3cr3t", Assert.Single(_plane.Alerts.Published).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hundred_successes_are_three_emails_and_successes_far_apart_one_each()
    {
        for (var i = 0; i < 100; i++) await SucceedAsync($"{i}");
        await PassAsync(minutes: 40);
        Assert.Equal(
            ["", "/many", "/over"],
            _plane.Alerts.Published.Select(alert => alert.Subject.TrimEnd(']')[^5..])
                .Select(tail => tail[Math.Max(0, tail.IndexOf('/', StringComparison.Ordinal))..])
                .Select(tail => tail.StartsWith('/') ? tail : ""));
        Assert.Contains("100 runs of line-count succeeded", Last().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", Last().Body, StringComparison.Ordinal);

        await SucceedAsync("later");
        await PassAsync(minutes: 40);
        await SucceedAsync("latest");

        Assert.Equal(5, _plane.Alerts.Published.Count);
        Assert.All(_plane.Alerts.Published, alert => Assert.True(alert.IsSuccess));
    }

    [Fact]
    public async Task Failure_of_the_job_is_told_as_failures_are()
    {
        await _plane.SubmitAsync(Job, "a");
        var run = Run("a");
        await _plane.ClaimAsync(run);
        await _plane.CompleteAsync(
            run, new WorkerOutcome(64) { Error = new WorkerError("E", "The file is broken.", null, Retryable: false) });
        await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 64));

        var alert = Assert.Single(_plane.Alerts.Published);
        Assert.Equal((Job.Name, false), (alert.Job, alert.IsSuccess));
        Assert.StartsWith($"{Job.Name} failed for good.\nOwner: Orders team\n", Lines(alert), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(NotifyOn.Failure)]
    public async Task Job_of_which_none_hears_successes_owes_and_pays_nothing(NotifyOn? on)
    {
        var job = Job with { Recipients = on is { } one ? [new("a@example.com") { On = one }] : [] };
        var plane = new TestPlane(job);
        await plane.SubmitAsync(job);
        await plane.ClaimAsync(plane.Run(job));
        var calls = new List<string>();
        plane.Faults.Before = calls.Add;

        await plane.DeliverAsync(plane.Run(job), await plane.SucceedAsync(plane.Run(job)));

        Assert.Equal(RunState.Succeeded, plane.Run(job).State);
        Assert.False(plane.Run(job).TellsSuccess);
        Assert.Empty(plane.Alerts.Published);
        Assert.DoesNotContain("CountAsync", calls);
    }

    [Fact]
    public async Task Email_that_cannot_be_sent_is_owed_and_sent_by_a_later_sweep()
    {
        var isAway = true;
        _plane.Faults.Before = call =>
        {
            if (isAway && call == "PublishAsync") throw new HttpRequestException("SNS is away.");
        };
        await Assert.ThrowsAnyAsync<Exception>(() => SucceedAsync("a"));
        Assert.Equal(Effect.AlertSuccess, Assert.Single(Run("a").Owed));
        Assert.Empty(_plane.Alerts.Published);

        isAway = false;
        await PassAsync(minutes: 5);

        Assert.Single(_plane.Alerts.Published);
        Assert.Empty(Run("a").Owed);
    }

    private Run Run(string name) => _plane.Run(Job, name);

    private Alert Last() => _plane.Alerts.Published.Last();

    private static string Lines(Alert alert) => alert.Body.ReplaceLineEndings("\n");

    private async Task SucceedAsync(string name, string result = "{}")
    {
        await _plane.SubmitAsync(Job, name);
        var run = Run(name);
        await _plane.ClaimAsync(run);
        await _plane.CompleteAsync(run, new WorkerOutcome(0) { ResultJson = result });
        await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 0));
    }

    private async Task PassAsync(int minutes)
    {
        for (; minutes > 0; minutes--) await _plane.TickAsync(Minute);
    }
}
