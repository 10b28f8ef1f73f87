using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Core.Schedules;

namespace Jobs.Core.Alerts;

/// <summary>
/// Decides which e-mails the admins get: runs that fail, or are stuck, for one cause are one alert. The first is told at once and in
/// full, many more in one e-mail with their number, and one says that it is over. At least once, never zero: what is open and
/// was not noted as sent is sent by the next tick; a second copy, with the same alert id, comes only when a process died
/// between publishing and noting it.
/// </summary>
public sealed class AlertDesk(IAlertCauses causes, IAlerts alerts, IRunStore runs, AlertWriter writer, TimeProvider clock)
{
    /// <summary>Runs described in an e-mail about many.</summary>
    private const int MaxSamples = 10;

    /// <summary>Performs one of a run's alert effects.</summary>
    /// <returns>False when it has to be repeated later: its cause is just closing.</returns>
    public async Task<bool> ReportAsync(EffectKind kind, RunReading reading, CancellationToken cancellation) => kind switch
    {
        EffectKind.Alert => await CountAsync(await CauseOfAsync(reading, cancellation), reading.Run.Id.Key[..8], reading, cancellation),
        EffectKind.AlertStuck when reading.Run.Stall is { } stall => await CountAsync(CauseOf(reading.Run, stall), AlertIdOf(reading.Run, stall), reading, cancellation),
        EffectKind.AlertRecovered when reading.Run.Stall is { } stall => await SettleAsync(CauseOf(reading.Run, stall), reading.Run, cancellation),
        EffectKind.AlertStuck or EffectKind.AlertRecovered => true,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This effect is no alert."),
    };

    /// <summary>Tells the admins, once, of a run that a schedule planned and that did not appear.</summary>
    /// <param name="id">The id that the run would have.</param>
    public async Task ReportMissingAsync(MissingRun run, RunId id, CancellationToken cancellation)
    {
        if (await causes.CountAsync(AlertCauseKey.Of(run), id, id.Key[..8], clock.GetUtcNow(), cancellation) is not { } counted) return;
        if (counted.IsFirst) await PublishAsync(counted.Cause, AlertStep.First, [], cancellation);
    }

    /// <summary>Sends what is due about the open causes. One query when there are none; two at once are safe.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        foreach (var cause in await causes.OpenAsync(cancellation))
        {
            try
            {
                if (cause.DueAt(clock.GetUtcNow()) is { } step) await SendAsync(cause, step, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                failures.Add(e);
            }
        }

        if (failures.Count > 0) throw new AggregateException($"{failures.Count} alerts could not be sent; the next tick repeats them.", failures);
    }

    private async Task<bool> CountAsync(AlertCauseKey key, string alertId, RunReading reading, CancellationToken cancellation)
    {
        if (await causes.CountAsync(key, reading.Run.Id, alertId, clock.GetUtcNow(), cancellation) is not { } counted) return false;
        if (counted.IsFirst) await PublishAsync(counted.Cause, AlertStep.First, [await DossierAsync(reading, cancellation)], cancellation);
        else if (counted.Cause.DueAt(clock.GetUtcNow()) == AlertStep.First) await SendAsync(counted.Cause, AlertStep.First, cancellation);
        return true;
    }

    private async Task<bool> SettleAsync(AlertCauseKey key, Run run, CancellationToken cancellation)
    {
        // A run that failed in the end has its own e-mail; one that somebody cancelled needs none.
        var recovered = !run.IsOver || run.State == RunState.Succeeded;
        var cause = await causes.SettleAsync(key, run.Id, recovered, clock.GetUtcNow(), cancellation);
        if (cause?.DueAt(clock.GetUtcNow()) == AlertStep.Over) await SendAsync(cause, AlertStep.Over, cancellation);
        return true;
    }

    private async Task SendAsync(AlertCause cause, AlertStep step, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!await causes.ClaimAsync(cause, step, now, cancellation)) return;
        var claimed = cause with { Claims = cause.Claims + 1, ClaimedAt = now };
        var samples = step == AlertStep.Over && !cause.EndIsNews ? [] : await SamplesAsync(cause, step == AlertStep.First ? 1 : MaxSamples, cancellation);
        await PublishAsync(claimed, step, samples, cancellation);
    }

    private async Task PublishAsync(AlertCause claimed, AlertStep step, IReadOnlyList<RunDossier> samples, CancellationToken cancellation)
    {
        var alert = step switch
        {
            AlertStep.First when claimed.Key.IsMissing => writer.ForMissing(claimed),
            AlertStep.First when samples.Count == 0 => null,
            AlertStep.First => writer.ForFirst(claimed, samples[0]),
            AlertStep.Storm => writer.ForStorm(claimed, samples),
            _ => claimed.EndIsNews ? writer.ForEnd(claimed, samples) : null,
        };
        if (alert is not null) await alerts.PublishAsync(alert, cancellation);
        await causes.NoteSentAsync(claimed, step, cancellation);
    }

    private async Task<IReadOnlyList<RunDossier>> SamplesAsync(AlertCause cause, int max, CancellationToken cancellation)
    {
        var samples = new List<RunDossier>();
        foreach (var key in cause.Runs.Where(key => key != cause.FirstRun).Order(StringComparer.Ordinal).Prepend(cause.FirstRun).Take(max))
        {
            if (await runs.ReadAsync(RunId.Parse($"{cause.Key.Job}/{key}"), cancellation) is { } reading) samples.Add(await DossierAsync(reading, cancellation));
        }

        return samples;
    }

    private async Task<RunDossier> DossierAsync(RunReading reading, CancellationToken cancellation) => new(
        reading,
        Upload.TryParse(reading.Run.Input ?? await runs.ReadInputAsync(reading.Run.Id, cancellation)),
        await runs.AttemptsAsync(reading.Run.Id, cancellation));

    private async Task<AlertCauseKey> CauseOfAsync(RunReading reading, CancellationToken cancellation)
    {
        var attempts = await runs.AttemptsAsync(reading.Run.Id, cancellation);
        return AlertCauseKey.OfFailure(reading.Run, attempts.Count > 0 ? attempts[^1] : null);
    }

    private static AlertCauseKey CauseOf(Run run, Stall stall) => new(run.Id.Job, IsStuck: true, stall.Reason);

    // A run may be stuck more than once.
    private static string AlertIdOf(Run run, Stall stall) => $"{run.Id.Key[..8]}-{stall.Since.UtcDateTime:HHmm}";
}
