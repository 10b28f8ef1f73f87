using System.Text.Json;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Verify;

/// <summary>The stack as trials use it: canaries are submitted, waited for, and removed afterwards.</summary>
internal sealed class Stage
{
    /// <summary>Label of every run that is submitted; its value is the token.</summary>
    public const string LabelName = "verify";

    /// <summary>Between two looks.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lazy<Task<RunReading>> _failure;

    /// <param name="id">Different for each verification: part of the names of all that it makes.</param>
    /// <param name="deadline">What has not come until then is missed.</param>
    public Stage(IStack stack, IProbe probe, TimeProvider clock, string id, DateTimeOffset deadline, Traces traces,
        CancellationToken cancellation)
    {
        (Stack, Probe, Clock, Id, Deadline, Traces) = (stack, probe, clock, id, deadline, traces);
        _failure = new(() => FailAsync(cancellation));
    }

    public IStack Stack { get; }

    public IProbe Probe { get; }

    public TimeProvider Clock { get; }

    public string Id { get; }

    public DateTimeOffset Deadline { get; }

    public Traces Traces { get; }

    public CommandLines Lines => Stack.Place.Lines;

    /// <summary>One run that fails for good, for all trials that look at one.</summary>
    /// <exception cref="MissedException">It did not fail, or is not over.</exception>
    public Task<RunReading> FailureAsync() => _failure.Value;

    /// <summary>What a run is to give back, so that the result is known to be its own.</summary>
    public string TokenOf(string trial) => $"{Id}-{trial}";

    /// <summary>
    /// Asks for a run. What was sent is to be removed, so that the sending itself is not interrupted: it is one call.
    /// </summary>
    /// <param name="act">One of the host's CanaryAct.</param>
    /// <param name="trial">Part of the command's id.</param>
    /// <param name="times">How often the same command is sent.</param>
    public async Task<RunId> SubmitAsync(string job, string act, string trial, int times = 1)
    {
        var token = TokenOf(trial);
        using var input = JsonDocument.Parse($$"""{"does":"{{act}}","token":"{{token}}"}""");
        var run = RunId.From(job, "manual", token);
        var body = CommandBodies.Submit(token, job, input.RootElement, 0, [$"{LabelName}={token}"]);
        Leave(run);
        for (var i = 0; i < times; i++) await Stack.Commands.SendAsync(body, CancellationToken.None);
        return run;
    }

    /// <summary>Sees to it that a run, and so its task, ends with the verification.</summary>
    public void Leave(RunId run) => Traces.Add($"run {run}", cancellation => EndAsync(run, cancellation));

    /// <summary>Asks for the end of a run.</summary>
    public Task CancelAsync(RunId run, CancellationToken cancellation) =>
        Stack.Commands.SendAsync(CommandBodies.Cancel($"{Id}-end-{run.Key}", run), cancellation);

    /// <summary>The run once it is over, in the state that is expected.</summary>
    /// <exception cref="MissedException">It ended otherwise, or is not over.</exception>
    public async Task<RunReading> EndOfAsync(RunId run, RunState expected, CancellationToken cancellation)
    {
        var reading = await UntilAsync(run, reading => reading.Run.IsOver, cancellation);
        return reading.Run.State == expected ? reading : throw Otherwise(reading.Run, $"{expected}");
    }

    /// <summary>The run once something is so of it.</summary>
    /// <exception cref="MissedException">It is over without it, or the time is.</exception>
    public async Task<RunReading> UntilAsync(
        RunId run, Func<RunReading, bool> isSo, CancellationToken cancellation)
    {
        RunReading? last = null;
        return await WaitAsync(
            async () =>
            {
                last = await Stack.Runs.ReadAsync(run, cancellation);
                if (last is null || isSo(last)) return last;
                return last.Run.IsOver ? throw Otherwise(last.Run, "something else") : null;
            },
            () => last is null ? NotThere(run) : Unfinished(last),
            cancellation);
    }

    /// <param name="look">Null as long as it has not come.</param>
    /// <param name="missed">What to say when the time is over.</param>
    /// <exception cref="MissedException">The time is over.</exception>
    public async Task<T> WaitAsync<T>(
        Func<Task<T?>> look, Func<MissedException> missed, CancellationToken cancellation)
        where T : class
    {
        for (; ; await Task.Delay(Interval, Clock, cancellation))
        {
            if (await look() is { } found) return found;
            if (Clock.GetUtcNow() >= Deadline) throw missed();
        }
    }

    /// <summary>The token in a run's result.</summary>
    /// <exception cref="MissedException">It has another one, or none.</exception>
    public void CheckToken(RunReading reading, string token)
    {
        var result = reading.CurrentWorker?.ResultJson;
        if (result?.Contains($"\"{token}\"", StringComparison.Ordinal) == true) return;
        throw new MissedException(
            $"Run {reading.Run.Id} succeeded, and its result is {result ?? "not in the Results table"}.",
            $"See what it says of itself: {Lines.Show(reading.Run.Id.ToString())}");
    }

    /// <summary>How long ago a moment of this machine's clock is, which AWS's may differ from; for people.</summary>
    public string Since(DateTimeOffset moment) => Words.Span(Clock.GetUtcNow() - moment);

    /// <summary>Waits until something is so, however long that takes.</summary>
    public async Task WaitAsync(Func<Task<bool>> isSo, CancellationToken cancellation)
    {
        while (!await isSo()) await Task.Delay(Interval, Clock, cancellation);
    }

    private async Task<RunReading> FailAsync(CancellationToken cancellation)
    {
        var run = await SubmitAsync(CanaryNames.Canary, "fail", "fail");
        return await EndOfAsync(run, RunState.Failed, cancellation);
    }

    /// <summary>
    /// Ends a run that may not be there yet, and waits until it is over: then it has no task. One that never comes, and
    /// that is cancelled before it does, would leave a dead letter.
    /// </summary>
    private async Task EndAsync(RunId run, CancellationToken cancellation)
    {
        var isAsked = false;
        await WaitAsync(
            async () =>
            {
                if (await Stack.Runs.ReadAsync(run, cancellation) is not { } reading) return false;
                if (reading.Run.IsOver) return true;
                if (!isAsked) await CancelAsync(run, cancellation);
                isAsked = true;
                return false;
            },
            cancellation);
    }

    private MissedException Otherwise(Run run, string expected) => new(
        $"Run {run.Id} ended as {run.State} instead of {expected}" +
        (run.Verdict is { } verdict ? $": {verdict.Sentence}" : "."),
        run.Verdict is { NextStep: { Length: > 0 } step } ? step : $"See why: {Lines.Show(run.Id.ToString())}");

    private MissedException Unfinished(RunReading reading) => new(
        $"Run {reading.Run.Id} is still {reading.VisibleState}.",
        $"See what it waits for: {Lines.Show(reading.Run.Id.ToString())}   Or give it longer, with --timeout.");

    private MissedException NotThere(RunId run) => new(
        $"Run {run} did not appear.",
        $"What asked for it may have been refused: {Lines.DeadLetters()}   Or the stack does not work: " +
        $"{Lines.Doctor()}");
}
