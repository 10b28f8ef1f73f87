using System.Collections.Concurrent;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Alerts;

/// <summary>A tick that has much to send, and whose e-mails hang.</summary>
public sealed class AlertTickTests
{
    private readonly ManualClock _clock = new();
    private readonly InMemoryAlertCauses _causes = new();

    [Fact]
    public async Task Email_that_hangs_keeps_no_other_cause_from_its_turn()
    {
        await MissAsync("first", "second", "third");
        var mail = new HangingAlerts(_clock, "first");
        var tick = Manager(mail).TickAsync(CancellationToken.None);
        Assert.Empty(mail.Published);

        // A third of the 50 seconds that a tick has.
        _clock.Advance(TimeSpan.FromSeconds(17));

        var failure = await Assert.ThrowsAsync<AggregateException>(() => tick);
        Assert.Equal(["second", "third"], mail.Published);
        var late = Assert.IsType<OperationCanceledException>(Assert.Single(failure.InnerExceptions));
        Assert.Contains("missing#first#", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Causes_for_which_there_is_no_time_are_left_to_the_next_tick()
    {
        string[] names = [.. Enumerable.Range(10, 15).Select(i => $"job-{i}")];
        await MissAsync(names);
        var mail = new HangingAlerts(_clock, names);
        var tick = Manager(mail).TickAsync(CancellationToken.None);
        for (var spent = 0; spent < 50; spent += 5) await _clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(10, (await Assert.ThrowsAsync<AggregateException>(() => tick)).InnerExceptions.Count);

        // Those that hung are claimed for two minutes from their try.
        var after = new HangingAlerts(_clock);
        await Manager(after).TickAsync(CancellationToken.None);

        Assert.Equal(names[10..], after.Published);
    }

    [Fact]
    public async Task What_has_been_due_longest_is_sent_first()
    {
        await MissAsync("z", "m", "a");
        var mail = new HangingAlerts(_clock);

        await Manager(mail).TickAsync(CancellationToken.None);

        Assert.Equal(["z", "m", "a"], mail.Published);
    }

    [Fact]
    public async Task Cause_that_cannot_be_read_is_told_by_a_tick_that_has_served_the_others()
    {
        await MissAsync("sound");
        _causes.Unreadable = ["The item alerts, 'paused#x' cannot be read."];
        var mail = new HangingAlerts(_clock);

        var failure = await Assert.ThrowsAsync<AggregateException>(
            () => Manager(mail).TickAsync(CancellationToken.None));

        Assert.Equal(["sound"], mail.Published);
        Assert.Contains("'paused#x'", failure.Message, StringComparison.Ordinal);
    }

    // Each is claimed by a process that dies, a second after the one before: when the claims have lapsed all are due.
    private async Task MissAsync(params string[] jobs)
    {
        foreach (var job in jobs)
        {
            var missing = new MissingRun(new ScheduleKey(job, "hourly"), Sample.Now);
            var member = AlertMember.Of(RunId.From(job, "08:00"));
            await _causes.CountAsync(AlertCauseKey.Of(missing), member, "tail", _clock.GetUtcNow(), default);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _clock.Advance(AlertCause.ClaimLife);
    }

    private static AlertWriter Writer => new(new StackInfo("jobs", "eu-central-1", "jobs"), new JobCatalog([]));

    private AlertManager Manager(IAlerts mail)
    {
        var runs = new InMemoryRunStore(new InMemoryWorkerRecords());
        return new(_causes, mail, runs, Writer, _clock);
    }

    /// <summary>Takes e-mails, but for these jobs never answers.</summary>
    private sealed class HangingAlerts(ManualClock clock, params string[] hanging) : IAlerts
    {
        private readonly ConcurrentQueue<string> _published = new();

        /// <summary>The jobs that e-mails were about.</summary>
        public IReadOnlyCollection<string> Published => _published;

        public async Task PublishAsync(Alert alert, CancellationToken cancellation)
        {
            // The subject begins with the stack and then the job.
            var job = alert.Subject.Split(' ')[1];
            if (hanging.Contains(job)) await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation);
            _published.Enqueue(job);
        }
    }
}
