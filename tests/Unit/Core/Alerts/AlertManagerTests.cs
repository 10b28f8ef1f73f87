using System.Globalization;
using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Alerts;

/// <summary>Which e-mails the admins get, whatever happens in whatever order.</summary>
public sealed class AlertManagerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly JobDefinition Job = TestPlane.Job();

    private static readonly Verdict NoCapacity = new(
        VerdictClass.CapacityUnavailable,
        VerdictAction.RetryFree,
        "Capacity is unavailable at this time.",
        "Wait, or allow another size.");

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Second_failure_of_a_cause_is_only_counted_and_another_cause_has_its_own_email()
    {
        await FailAsync("a");
        await FailAsync("b");
        await FailAsync("c", "System.FormatException");

        Assert.Equal([Tail("a"), Tail("c")], Tails());
        Assert.All(["a", "b", "c"], name => Assert.Empty(_plane.Run(Job, name).Owed));
    }

    [Fact]
    public async Task Single_failure_closes_silently_and_the_next_is_told_anew()
    {
        await FailAsync("a");
        await PassAsync(minutes: 31);
        Assert.Empty(await OpenAsync());

        await FailAsync("b");

        Assert.Equal([Tail("a"), Tail("b")], Tails());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Storm_of_500_in_any_order_with_repetitions_is_three_emails(int seed)
    {
        var dice = new Random(seed); // Seeded: the order is the same each time.
        var names = Enumerable.Range(0, 500).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        dice.Shuffle(names);
        foreach (var name in names)
        {
            await FailAsync(name);
            // Its effect was performed, but the process died before it noted so.
            if (dice.Next(10) == 0)
            {
                await _plane.AlertManager.ReportAsync(
                    EffectKind.Alert,
                    new RunReading(_plane.Run(Job, name), _plane.Workers.Find(_plane.Run(Job, name).Id)),
                    CancellationToken.None);
            }

            if (dice.Next(20) == 0) await PassAsync(minutes: 1);
        }

        await PassAsync(minutes: 60);

        Assert.Equal([Tail(names[0]), Tail(names[0], "/many"), Tail(names[0], "/over")], Tails());
        var last = _plane.Alerts.Published.Last();
        Assert.Matches(@"About 5\d\d runs of line-count failed; it is over", last.Subject);
        Assert.Contains("dotnet jobs replay --failed --job line-count --from ", last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storm_within_what_is_remembered_is_counted_exactly()
    {
        for (var i = 0; i < AlertCause.MaxMembers; i++)
        {
            await FailAsync($"{i}");
            await _plane.AlertManager.ReportAsync(
                EffectKind.Alert,
                new RunReading(_plane.Run(Job, $"{i}"), _plane.Workers.Find(_plane.Run(Job, $"{i}").Id)),
                CancellationToken.None);
        }

        await PassAsync(minutes: 40);

        var subject = $"jobs: {AlertCause.MaxMembers} runs of line-count failed; it is over";
        Assert.StartsWith(subject, _plane.Alerts.Published.Last().Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_of_a_storm_begins_with_the_run_that_was_asked_for_first()
    {
        var asked = _plane.Clock.GetUtcNow();
        await _plane.SubmitAsync(Job, "slow");
        _plane.Clock.Advance(TimeSpan.FromHours(3));
        for (var i = 0; i < 20; i++) await FailAsync($"{i}");
        await FailAsync("slow");

        await PassAsync(minutes: 40);

        var window = string.Create(CultureInfo.InvariantCulture, $"--from {asked:yyyy-MM-dd'T'HH:mm'Z'} --to ");
        Assert.Contains(window, _plane.Alerts.Published.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storm_that_does_not_end_is_summed_up_each_day()
    {
        for (var hour = 0; hour < 48; hour++)
        {
            for (var i = 0; i < 3; i++)
            {
                await FailAsync($"{hour}-{i}");
                await PassAsync(minutes: 20);
            }
        }

        Assert.Equal(["", "/many", "/over", "", "/many", "/over"], Tails().Select(tail => tail[8..]).Take(6));
        Assert.Contains("a day of it", _plane.Alerts.Published.ElementAt(2).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_ticks_at_once_send_each_email_once()
    {
        for (var i = 0; i < 8; i++) await FailAsync($"{i}");
        await BothAsync();
        _plane.Clock.Advance(AlertCause.Quiet);
        await BothAsync();

        Assert.Equal([Tail("0"), Tail("0", "/many"), Tail("0", "/over")], Tails());

        Task BothAsync() =>
            Task.WhenAll(
                _plane.AlertManager.TickAsync(CancellationToken.None),
                _plane.AlertManager.TickAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Failure_while_its_cause_closes_is_told_when_it_has_closed()
    {
        await FailAsync("a");
        await FailAsync("b");
        _plane.Clock.Advance(AlertCause.Quiet);
        var closes = true;
        _plane.Faults.Before = call =>
        {
            if (call != "PublishAsync" || !closes) return;
            closes = false;
            FailAsync("c").GetAwaiter().GetResult();
        };

        await _plane.AlertManager.TickAsync(CancellationToken.None);
        Assert.Equal(Effect.Alert, Assert.Single(_plane.Run(Job, "c").Owed));
        await PassAsync(minutes: 6);

        Assert.Equal([Tail("a"), Tail("a", "/over"), Tail("c")], Tails());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Crash_at_any_call_loses_no_email_and_repeats_at_most_the_one_being_sent(bool crashAfter)
    {
        for (var at = 0; ; at++)
        {
            var plane = new TestPlane(Job) { Faults = { CrashAt = at, CrashAfter = crashAfter } };
            for (var i = 0; i < 8; i++)
            {
                var name = $"{i}";
                while (!await SurvivesAsync(plane, () => plane.SubmitAsync(Job, name)))
                {
                    // The event is received again.
                }

                while (plane.Run(Job, name).TaskArn is null) await SurvivesAsync(plane, () => plane.TickAsync(Minute));
                var run = plane.Run(Job, name);
                var stopped = await plane.FailAsync(run, retryable: false);
                await SurvivesAsync(plane, () => plane.DeliverAsync(run, stopped));
            }

            for (var minute = 0; minute < 60; minute++) await SurvivesAsync(plane, () => plane.TickAsync(Minute));

            var tails = plane.Alerts.Published.Select(
                alert => alert.Subject[alert.Subject.IndexOf('[', StringComparison.Ordinal)..])
                .ToList();
            var allowed = plane.Faults.HasCrashed ? 4 : 3;
            Assert.Equal(["]", "/many]", "/over]"], tails.Select(tail => tail[9..]).Distinct());
            Assert.InRange(tails.Count, 3, allowed);
            Assert.All(plane.Store.All, run => Assert.Empty(run.Owed));
            if (plane.Faults.HasCrashed) continue;
            Assert.InRange(at, 60, 1_000);
            return;
        }
    }

    [Fact]
    public async Task Run_that_ecs_refuses_again_and_again_is_stuck_and_then_recovers()
    {
        await StickAsync("a");
        var stuck = Assert.Single(_plane.Alerts.Published);
        Assert.StartsWith("jobs: line-count is stuck", stuck.Subject, StringComparison.Ordinal);
        // It is broken into short lines.
        Assert.Contains(
            "The last time: Capacity is unavailable at this time.",
            stuck.Body.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.Contains("Wait, or allow another size.", stuck.Body.ReplaceLineEndings(" "), StringComparison.Ordinal);

        await MoveAsync("a");
        await PassAsync(minutes: 120);

        Assert.Equal(2, _plane.Alerts.Published.Count);
        Assert.StartsWith(
            "jobs: line-count moves again.", _plane.Alerts.Published.Last().Subject, StringComparison.Ordinal);
        Assert.Null(_plane.Run(Job, "a").Stall);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Run_that_fails_after_it_was_stuck_has_only_the_failures_email()
    {
        await StickAsync("a");
        _plane.Tasks.RefuseNext(
            new Verdict(VerdictClass.Misconfigured, VerdictAction.GiveUp, "No such role.", "Deploy it."));
        await PassAsync(minutes: 10);

        Assert.Equal(RunState.Failed, _plane.Run(Job, "a").State);
        Assert.Equal(2, _plane.Alerts.Published.Count);
        Assert.Contains(
            "failed for good: No such role.", _plane.Alerts.Published.Last().Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(await OpenAsync(), cause => cause.Key.IsStuck);
    }

    [Fact]
    public async Task Stuck_runs_of_one_cause_are_three_emails_and_the_last_comes_when_all_move()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"{i}")];
        await StickAsync(names);
        await PassAsync(minutes: 1);
        foreach (var name in names[..^1]) await MoveAsync(name);
        Assert.Equal(["stuck", "stuck"], Words());

        await MoveAsync(names[^1]);
        await PassAsync(minutes: 3);

        Assert.Equal(["stuck", "stuck", "move"], Words());
        Assert.StartsWith(
            "jobs: 12 runs of line-count were stuck: 12 move again.",
            _plane.Alerts.Published.Last().Subject,
            StringComparison.Ordinal);

        IEnumerable<string> Words() =>
            _plane.Alerts.Published.Select(
                alert => alert.Subject.Contains("move", StringComparison.Ordinal) ? "move" : "stuck");
    }

    /// <summary>An overlapping tick reports what another has told, settled and closed meanwhile.</summary>
    [Fact]
    public async Task Late_report_of_a_stall_that_is_over_is_no_alert()
    {
        await StickAsync("a");
        var late = new RunReading(_plane.Run(Job, "a"), null);
        await MoveAsync("a");
        await PassAsync(minutes: 3);
        Assert.Empty(await OpenAsync());

        Assert.True(await _plane.AlertManager.ReportAsync(EffectKind.AlertStuck, late, CancellationToken.None));
        await PassAsync(minutes: 3);

        Assert.Equal(["is stuck", "moves again"], Words());
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Late_report_beside_another_stall_leaves_the_cause_to_that_one()
    {
        await StickAsync("a", "b");
        var late = new RunReading(_plane.Run(Job, "a"), null);
        await MoveAsync("a");

        await _plane.AlertManager.ReportAsync(EffectKind.AlertStuck, late, CancellationToken.None);
        await MoveAsync("b");
        await PassAsync(minutes: 3);

        var subject = _plane.Alerts.Published.Last().Subject;
        Assert.StartsWith("jobs: 2 runs of line-count were stuck: 2 move again.", subject, StringComparison.Ordinal);
        Assert.Empty(await OpenAsync());
    }

    /// <summary>One tick settled the end of a stall while another was about to count its beginning.</summary>
    [Fact]
    public async Task Report_after_the_end_was_settled_and_before_that_is_noted_is_no_alert()
    {
        await StickAsync("a");
        var stuck = _plane.Run(Job, "a");
        await MoveAsync("a");
        await PassAsync(minutes: 3);
        var run = stuck with { Id = TestPlane.IdOf(Job, "b"), Owed = [Effect.AlertRecovered] };
        await _plane.Store.CreateAsync(run, CancellationToken.None);
        var reading = new RunReading(run, null);

        await _plane.AlertManager.ReportAsync(EffectKind.AlertRecovered, reading, CancellationToken.None);
        await _plane.AlertManager.ReportAsync(EffectKind.AlertStuck, reading, CancellationToken.None);
        _plane.Clock.Advance(3 * Minute);
        await _plane.AlertManager.TickAsync(CancellationToken.None);

        Assert.Equal(["is stuck", "moves again"], Words());
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Late_report_whose_process_dies_is_no_alert_either()
    {
        await StickAsync("a");
        var (run, stall) = (_plane.Run(Job, "a"), _plane.Run(Job, "a").Stall!);
        await MoveAsync("a");
        await PassAsync(minutes: 3);
        var (key, member) = (new AlertCauseKey(Job.Name, true, stall.Reason), AlertMember.Of(run.Id, stall));
        await _plane.Causes.CountAsync(key, member, "late", _plane.Clock.GetUtcNow(), CancellationToken.None);

        await PassAsync(minutes: 5);

        Assert.Equal(["is stuck", "moves again"], Words());
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Run_that_waits_for_a_slot_for_hours_is_not_stuck()
    {
        var capped = TestPlane.Job(cap: 1);
        var plane = new TestPlane(capped);
        await plane.SubmitAsync(capped, "first");
        await plane.ClaimAsync(plane.Run(capped, "first"));
        await plane.SubmitAsync(capped, "second");
        for (var minute = 0; minute < 55; minute++)
        {
            await plane.TickAsync(Minute);
            await plane.Workers.HeartbeatAsync(
                plane.Run(capped, "first").LaunchId, plane.Clock.GetUtcNow(), null, CancellationToken.None);
        }

        Assert.Equal(RunState.Pending, plane.Run(capped, "second").State);
        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Task_that_does_not_stop_makes_its_run_stuck()
    {
        await _plane.SubmitAsync(Job);
        await _plane.ClaimAsync(_plane.Run(Job));
        await _plane.CancelAsync(_plane.Run(Job));
        await PassAsync(minutes: 20);

        Assert.Contains(
            "is stuck: it waits for its task to stop",
            Assert.Single(_plane.Alerts.Published).Subject,
            StringComparison.Ordinal);
    }

    private async Task FailAsync(string name, string error = "System.Exception")
    {
        await _plane.SubmitAsync(Job, name);
        var run = _plane.Run(Job, name);
        await _plane.ClaimAsync(run);
        await _plane.CompleteAsync(
            run, new(64) { Error = new WorkerError(error, "The file is broken.", null, Retryable: false) });
        await _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 64));
    }

    // ECS refuses each launch until every one of these runs has been told of, or counted, as stuck.
    private async Task StickAsync(params string[] names)
    {
        foreach (var name in names)
        {
            _plane.Tasks.RefuseNext(NoCapacity);
            await _plane.SubmitAsync(Job, name);
        }

        for (var minute = 0; minute < 40 && names.Any(name => _plane.Run(Job, name).Stall is null); minute++)
        {
            _plane.Clock.Advance(Minute);
            foreach (var name in names.Where(name => _plane.Run(Job, name).NotBefore <= _plane.Clock.GetUtcNow()))
            {
                _plane.Tasks.RefuseNext(NoCapacity);
                await _plane.Engine.ApplyAsync(
                    _plane.Run(Job, name).Id, _ => new Fact.Dispatched(new LaunchPermit(null)), CancellationToken.None);
            }
        }

        Assert.All(names, name => Assert.NotNull(_plane.Run(Job, name).Stall));
    }

    private async Task MoveAsync(string name)
    {
        await _plane.Engine.ApplyAsync(
            _plane.Run(Job, name).Id, _ => new Fact.Dispatched(new LaunchPermit(null)), CancellationToken.None);
        var run = _plane.Run(Job, name);
        var task = _plane.TaskOf(run).TaskArn;
        await _plane.Engine.ApplyAsync(
            run.Id, _ => new Fact.TaskClaimed(run.Launch, task, _plane.Clock.GetUtcNow()), CancellationToken.None);
        await _plane.DeliverAsync(run, await _plane.SucceedAsync(_plane.Run(Job, name)));
    }

    private async Task PassAsync(int minutes)
    {
        for (; minutes > 0; minutes--) await _plane.TickAsync(Minute);
    }

    private IEnumerable<string> Words() => _plane.Alerts.Published.Select(alert =>
        alert.Subject.Contains("moves again", StringComparison.Ordinal) ? "moves again" : "is stuck");

    private async Task<IReadOnlyList<AlertCause>> OpenAsync() =>
        (await _plane.Causes.OpenAsync(CancellationToken.None)).Causes;

    private IEnumerable<string> Tails() =>
        _plane.Alerts.Published.Select(alert => alert.Subject[(alert.Subject.LastIndexOf('[') + 1)..^1]);

    private static string Tail(string name, string suffix = "") => TestPlane.IdOf(Job, name).Key[..8] + suffix;

    private static async Task<bool> SurvivesAsync(TestPlane plane, Func<Task> act)
    {
        var before = plane.Faults.HasCrashed;
        try
        {
            await act();
            return true;
        }
        catch (Exception) when (plane.Faults.HasCrashed && !before)
        {
            plane.Faults.Restart();
            return false;
        }
    }
}
