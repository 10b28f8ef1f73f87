using System.Globalization;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Alerts;

/// <summary>
/// Decides which e-mails the admins and the jobs' recipients get: runs that fail, or are stuck, for one cause are one
/// alert, and so are runs of one job that succeed, where that is to be told. The first is told at once and in full,
/// many more in one e-mail with their number, and one says that it is over. At least once, never zero: what is open and
/// was not noted as sent is sent by the next tick; a second copy, with the same alert id, comes only when a process
/// died between publishing and noting it.
/// </summary>
public sealed class AlertManager(
    IAlertCauses causes, IAlerts alerts, IRunStore runs, AlertWriter writer, TimeProvider clock)
{
    /// <summary>Runs described in an e-mail about many.</summary>
    private const int MaxSamples = 10;

    /// <summary>What one tick has for all its e-mails: the next tick comes after a minute.</summary>
    private static readonly TimeSpan TickTime = TimeSpan.FromSeconds(50);

    /// <summary>The least that one cause has of it: enough for a call that is refused, and its repetition.</summary>
    private static readonly TimeSpan LeastShare = TimeSpan.FromSeconds(5);

    /// <summary>Performs one of a run's alert effects.</summary>
    /// <returns>False when it has to be repeated later: its cause is just closing.</returns>
    public async Task<bool> ReportAsync(
        EffectKind kind, RunReading reading, CancellationToken cancellation) => kind switch
        {
            EffectKind.Alert => await CountFailureAsync(reading, cancellation),
            EffectKind.AlertSuccess => await CountSuccessAsync(reading, cancellation),
            EffectKind.AlertStuck when reading.Run.Stall is { } stall =>
                await CountStallAsync(reading, stall, cancellation),
            EffectKind.AlertRecovered when reading.Run.Stall is { } stall =>
                await SettleAsync(reading.Run, stall, cancellation),
            EffectKind.AlertStuck or EffectKind.AlertRecovered => true,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This effect is no alert."),
        };

    /// <summary>Tells the admins, once, of a run that a schedule planned and that did not appear.</summary>
    /// <param name="id">The id that the run would have.</param>
    public async Task ReportMissingAsync(MissingRun run, RunId id, CancellationToken cancellation)
    {
        // The run may come late and fail: that is another alert.
        var alertId = $"{id.Key[..8]}-missing";
        var counted = await causes.CountAsync(
            AlertCauseKey.Of(run), AlertMember.Of(id), alertId, clock.GetUtcNow(), cancellation);
        if (counted is { IsFirst: true }) await PublishAsync(counted.Cause, AlertStep.First, [], cancellation);
    }

    /// <summary>
    /// Sends what is due about the open causes, what has been due longest first. One query when there are none; two at
    /// once are safe. Each cause has a share of the tick's time, so that none waits for another's e-mail that hangs.
    /// </summary>
    /// <exception cref="AggregateException">What could not be sent or read, after the others had their
    /// turn.</exception>
    public async Task TickAsync(CancellationToken cancellation)
    {
        var (begin, now) = (clock.GetTimestamp(), clock.GetUtcNow());
        var open = await causes.OpenAsync(cancellation);
        var due = open.Causes.Where(cause => cause.DueAt(now) is not null)
            .OrderBy(cause => cause.DueAt(now)?.Since).ToList();
        var failures = new List<Exception>();
        for (var i = 0; i < due.Count && clock.GetElapsedTime(begin) is var spent && spent < TickTime; i++)
        {
            var share = (TickTime - spent) / (due.Count - i);
            share = share > LeastShare ? share : LeastShare;
            if (await TrySendAsync(due[i], share, cancellation) is { } failure) failures.Add(failure);
        }

        failures.AddRange(open.Unreadable.Select(item => new FormatException(item)));
        if (failures.Count == 0) return;
        throw new AggregateException(
            $"{failures.Count} alerts could not be sent or read; the next tick repeats them.", failures);
    }

    /// <returns>Why nothing was sent; null when it was, or nothing is due any more.</returns>
    private async Task<Exception?> TrySendAsync(AlertCause cause, TimeSpan share, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(share, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        try
        {
            if (cause.DueAt(clock.GetUtcNow()) is { } due) await SendAsync(cause, due.Step, both.Token);
            return null;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return time.IsCancellationRequested && e is OperationCanceledException ? GivenUp(cause, share, e) : e;
        }
    }

    private static OperationCanceledException GivenUp(AlertCause cause, TimeSpan share, Exception e)
    {
        var seconds = share.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return new OperationCanceledException($"The e-mail about {cause.Key} was given up after {seconds} s.", e);
    }

    private async Task<bool> CountFailureAsync(RunReading reading, CancellationToken cancellation)
    {
        var (id, attempts) = (reading.Run.Id, await AttemptsAsync(reading.Run, cancellation));
        var key = AlertCauseKey.OfFailure(reading.Run, attempts.Count > 0 ? attempts[^1] : null);
        var counted = await causes.CountAsync(key, AlertMember.Of(id), id.Key[..8], clock.GetUtcNow(), cancellation);
        if (counted is null) return false;
        await TellFirstAsync(counted, reading, attempts, cancellation);
        return true;
    }

    private async Task<bool> CountSuccessAsync(RunReading reading, CancellationToken cancellation)
    {
        var id = reading.Run.Id;
        var counted = await causes.CountAsync(
            AlertCauseKey.OfSuccess(id.Job), AlertMember.Of(id), id.Key[..8], clock.GetUtcNow(), cancellation);
        if (counted is null) return false;
        await TellFirstAsync(counted, reading, null, cancellation);
        return true;
    }

    private async Task<bool> CountStallAsync(RunReading reading, Stall stall, CancellationToken cancellation)
    {
        var (key, member) = (CauseOf(reading.Run, stall), AlertMember.Of(reading.Run.Id, stall));
        var alertId = AlertIdOf(reading.Run, stall);
        var counted = await causes.CountAsync(key, member, alertId, clock.GetUtcNow(), cancellation);
        if (counted is null) return false;
        if (!await SettleIfOverAsync(key, member, cancellation))
        {
            await TellFirstAsync(counted, reading, null, cancellation);
        }

        return true;
    }

    /// <param name="attempts">Those of the run, if they have been read.</param>
    private async Task TellFirstAsync(
        AlertCount counted, RunReading reading, IReadOnlyList<Attempt>? attempts, CancellationToken cancellation)
    {
        var cause = counted.Cause;
        if (counted.IsFirst)
        {
            await PublishAsync(
                cause, AlertStep.First, [await DossierAsync(reading, attempts, cancellation)], cancellation);
        }
        else if (cause.DueAt(clock.GetUtcNow()) is { Step: AlertStep.First })
        {
            await SendAsync(cause, AlertStep.First, cancellation);
        }
    }

    private async Task<bool> SettleAsync(Run run, Stall stall, CancellationToken cancellation)
    {
        // A run that failed in the end has its own e-mail; one that was cancelled needs none.
        var recovered = !run.IsOver || run.State == RunState.Succeeded;
        var (key, member, now) = (CauseOf(run, stall), AlertMember.Of(run.Id, stall), clock.GetUtcNow());
        var cause = await causes.SettleAsync(key, member, recovered, now, cancellation);
        if (cause?.DueAt(now) is { Step: AlertStep.Over }) await SendAsync(cause, AlertStep.Over, cancellation);
        return true;
    }

    /// <summary>
    /// Settles a stall that was counted after its cause had closed, or had yet to open when its end was settled,
    /// because the process that ended the stall does not settle it again. The admins have been told that it is over, or
    /// nothing at all.
    /// </summary>
    private async Task<bool> SettleIfOverAsync(AlertCauseKey key, AlertMember member, CancellationToken cancellation)
    {
        var run = (await runs.ReadAsync(member.Run, cancellation))?.Run;
        if (run?.Stall is { } stall
            && AlertMember.Of(run.Id, stall) == member
            && !run.Owes(EffectKind.AlertRecovered)) return false;
        await causes.SettleAsync(key, member, recovered: false, clock.GetUtcNow(), cancellation);
        return true;
    }

    /// <summary>The same for all stalls of a cause, when the process that counted one did not get so far.</summary>
    private async Task<bool> SettleWhatIsOverAsync(AlertCause cause, CancellationToken cancellation)
    {
        var settled = false;
        foreach (var name in cause.Members)
        {
            if (AlertMember.TryParse(cause.Key.Job, name) is not { } member) continue;
            settled |= await SettleIfOverAsync(cause.Key, member, cancellation);
        }

        return settled;
    }

    private async Task SendAsync(AlertCause cause, AlertStep step, CancellationToken cancellation)
    {
        // What was settled just now may leave nothing to tell; the next tick sees.
        if (step == AlertStep.First && cause.Key.IsStuck && await SettleWhatIsOverAsync(cause, cancellation)) return;
        var now = clock.GetUtcNow();
        if (!await causes.ClaimAsync(cause, step, now, cancellation)) return;
        var claimed = cause with { Claims = cause.Claims + 1, ClaimedAt = now };
        var samples = step == AlertStep.Over && !cause.EndIsNews
            ? []
            : await SamplesAsync(cause, step == AlertStep.First ? 1 : MaxSamples, cancellation);
        await PublishAsync(claimed, step, samples, cancellation);
    }

    private async Task PublishAsync(
        AlertCause claimed, AlertStep step, IReadOnlyList<RunDossier> samples, CancellationToken cancellation)
    {
        var alert = step switch
        {
            AlertStep.First when claimed.Key.IsMissing => writer.ForMissing(claimed),
            AlertStep.First when samples.Count == 0 => null,
            AlertStep.First => writer.ForFirst(claimed, samples[0]),
            AlertStep.Storm => writer.ForStorm(claimed, samples),
            _ => claimed.EndIsNews
                ? writer.ForEnd(claimed, samples, await AskedAsync(claimed, samples, cancellation))
                : null,
        };
        if (alert is not null)
        {
            await alerts.PublishAsync(
                alert with { Job = claimed.Key.Job, IsSuccess = claimed.Key.IsSuccess }, cancellation);
        }

        await causes.NoteSentAsync(claimed, step, cancellation);
    }

    private async Task<IReadOnlyList<RunDossier>> SamplesAsync(
        AlertCause cause, int max, CancellationToken cancellation)
    {
        var samples = new List<RunDossier>();
        foreach (var id in RunsOf(cause).Take(max))
        {
            if (await runs.ReadAsync(id, cancellation) is not { } reading) continue;
            samples.Add(await DossierAsync(reading, null, cancellation));
        }

        return samples;
    }

    /// <summary>When the first of the runs that failed was asked for, as far as they are known.</summary>
    private async Task<DateTimeOffset> AskedAsync(
        AlertCause cause, IReadOnlyList<RunDossier> samples, CancellationToken cancellation)
    {
        var asked = samples.Select(sample => sample.Run.CreatedAt).Append(cause.OpenedAt).Min();
        if (cause.Key.IsStuck || cause.Key.IsSuccess) return asked;
        foreach (var id in RunsOf(cause).Except(samples.Select(sample => sample.Run.Id)))
        {
            var other = (await runs.ReadAsync(id, cancellation))?.Run.CreatedAt;
            if (other < asked) asked = other.Value;
        }

        return asked;
    }

    private static IEnumerable<RunId> RunsOf(AlertCause cause) => cause.Members.Order(StringComparer.Ordinal)
        .Prepend(cause.FirstRun)
        .Select(name => AlertMember.TryParse(cause.Key.Job, name)?.Run).OfType<RunId>().Distinct();

    private async Task<RunDossier> DossierAsync(
        RunReading reading, IReadOnlyList<Attempt>? attempts, CancellationToken cancellation) => new(
        reading,
        Upload.TryParse(reading.Run.Input ?? await runs.ReadInputAsync(reading.Run.Id, cancellation)),
        attempts ?? await AttemptsAsync(reading.Run, cancellation));

    private Task<IReadOnlyList<Attempt>> AttemptsAsync(Run run, CancellationToken cancellation) =>
        runs.AttemptsAsync(new LaunchId(run.Id, run.Launch), cancellation);

    private static AlertCauseKey CauseOf(Run run, Stall stall) => new(run.Id.Job, IsStuck: true, stall.Reason);

    // A run may be stuck more than once.
    private static string AlertIdOf(Run run, Stall stall) => $"{run.Id.Key[..8]}-{stall.Since.UtcDateTime:HHmm}";
}
