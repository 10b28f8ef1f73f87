using System.Globalization;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;

namespace Lapstack.Services.Lambda;

/// <summary>
/// The execution environments of one function. An event goes to an idle one, or to a new one while there are fewer than
/// the function's concurrency, or waits. An environment that was idle for 30 seconds is stopped, so that a laptop at
/// rest holds none.
/// </summary>
internal sealed class EnvironmentPool(
    FunctionConfiguration function,
    EnvironmentFactory factory,
    IMetrics metrics,
    Activity activity,
    TimeProvider clock) : IAsyncDisposable
{
    /// <summary>
    /// One a processor, 2 to 5: AWS allows 1,000 in a Region, and each takes some 60 MB of a laptop.
    /// </summary>
    public static readonly int MaxConcurrency = Math.Clamp(Environment.ProcessorCount, 2, 5);

    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _places = new(
        Math.Clamp(function.ReservedConcurrency ?? MaxConcurrency, 1, MaxConcurrency));
    private readonly Lock _gate = new();
    private readonly Stack<Idle> _idle = new();
    private readonly HashSet<ExecutionEnvironment> _all = [];
    private bool _stopped;

    public FunctionConfiguration Function => function;

    public async Task<InvocationAnswer> InvokeAsync(Invocation invocation, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            var answer = await InvokeInPlaceAsync(invocation, cancellation);
            Measure("Invocations", 1);
            Measure("Errors", answer.Failed ? 1 : 0);
            // One that has no place waits here; AWS would refuse it.
            Measure("Throttles", 0);
            return answer;
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Ends every process, also those at work.</summary>
    public async ValueTask DisposeAsync()
    {
        List<ExecutionEnvironment> all;
        lock (_gate)
        {
            _stopped = true;
            foreach (var idle in _idle) idle.Timer.Dispose();
            _idle.Clear();
            all = [.. _all];
        }
        foreach (var environment in all) await EndAsync(environment);
    }

    private void Measure(string metric, double value) =>
        metrics.Add(new MetricName("AWS/Lambda", metric, ("FunctionName", function.Name)), value);

    private async Task<InvocationAnswer> InvokeInPlaceAsync(Invocation invocation, CancellationToken cancellation)
    {
        ExecutionEnvironment environment;
        try
        {
            environment = await TakeIdleAsync() ?? await StartAsync(cancellation);
        }
        catch (ProgramNotFoundException missing)
        {
            activity.Report("Lambda", "StartFailed", $"{function.Name}: {missing.Message}");
            return InvocationAnswer.Error(
                "Runtime.InvalidEntrypoint", $"RequestId: {invocation.RequestId} Error: {missing.Message}");
        }

        try
        {
            var cold = environment.InitDuration is null;
            var begin = clock.GetTimestamp();
            var answer = await environment.InvokeAsync(invocation, cancellation);
            Report(answer, cold ? environment.InitDuration : null, clock.GetElapsedTime(begin));
            return answer;
        }
        finally
        {
            await ReturnAsync(environment);
        }
    }

    private async Task<ExecutionEnvironment> StartAsync(CancellationToken cancellation)
    {
        var environment = await factory.StartAsync(function, cancellation);
        lock (_gate)
        {
            if (!_stopped)
            {
                _all.Add(environment);
                return environment;
            }
        }
        await environment.DisposeAsync();
        throw new OperationCanceledException($"{function.Name} is not started: the emulator ends.");
    }

    private async Task EndAsync(ExecutionEnvironment environment)
    {
        lock (_gate)
        {
            if (!_all.Remove(environment)) return;
        }
        await environment.DisposeAsync();
    }

    private async Task<ExecutionEnvironment?> TakeIdleAsync()
    {
        while (true)
        {
            Idle? idle;
            lock (_gate) _idle.TryPop(out idle);
            if (idle is null) return null;
            idle.Timer.Dispose();
            if (idle.Environment.Usable) return idle.Environment;
            await EndAsync(idle.Environment);
        }
    }

    private async Task ReturnAsync(ExecutionEnvironment environment)
    {
        lock (_gate)
        {
            if (environment.Usable && !_stopped)
            {
                var idle = new Idle(environment);
                idle.Timer = clock.CreateTimer(_ => _ = StopIdleAsync(idle), null, IdleLimit, Timeout.InfiniteTimeSpan);
                _idle.Push(idle);
                return;
            }
        }
        await EndAsync(environment);
    }

    private async Task StopIdleAsync(Idle idle)
    {
        lock (_gate)
        {
            if (!_idle.Contains(idle)) return; // Taken meanwhile.
            var others = _idle.Where(other => other != idle).Reverse().ToList();
            _idle.Clear();
            foreach (var other in others) _idle.Push(other);
        }
        idle.Timer.Dispose();
        await EndAsync(idle.Environment);
    }

    private void Report(InvocationAnswer answer, TimeSpan? init, TimeSpan took)
    {
        var text = function.Name;
        if (init is { } start)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" started in {start.TotalMilliseconds:F0} ms and");
        }

        text += answer.Failed ? " failed" : " answered";
        text += string.Create(
            CultureInfo.InvariantCulture, $" after {(took - (init ?? TimeSpan.Zero)).TotalMilliseconds:F0} ms");
        if (answer.Failed) text += $": {answer.Summary()}";
        activity.Report("Lambda", answer.Failed ? "Failed" : init is null ? "Answered" : "ColdStart", text);
    }

    private sealed class Idle(ExecutionEnvironment environment)
    {
        public ExecutionEnvironment Environment => environment;

        public ITimer Timer { get; set; } = null!;
    }
}
