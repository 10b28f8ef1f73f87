using System.Globalization;
using Lapstack.Chaos;
using Lapstack.Processes;

namespace Lapstack.Services.Lambda;

/// <summary>
/// One process of a function with its Runtime API: takes one event at a time, and no more once it is not
/// <see cref="Usable"/>.
/// </summary>
internal sealed class ExecutionEnvironment : IAsyncDisposable
{
    /// <summary>What starting may take beyond the function's own timeout, as on AWS.</summary>
    private static readonly TimeSpan InitLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Within this time after it was given an event a process that chaos chaos is killed: before, between and after
    /// what it does.
    /// </summary>
    private static readonly TimeSpan MidInvocation = TimeSpan.FromMilliseconds(100);

    private readonly FunctionConfiguration _function;
    private readonly RuntimeApi _api;
    private readonly ChildProcess _process;
    private readonly FunctionLog _log;
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private readonly DateTimeOffset _retireAt;
    private readonly ChaosDice _chaos;
    private TimeSpan? _init;
    private bool _broken;

    /// <param name="retireAt">When the credentials in the process's environment are about to expire.</param>
    public ExecutionEnvironment(
        FunctionConfiguration function, RuntimeApi api, ChildProcess process, FunctionLog log, DateTimeOffset retireAt,
        TimeProvider clock, ChaosDice chaos)
    {
        (
            _function,
            _api,
            _process,
            _log,
            _retireAt,
            _clock,
            _chaos) = (function, api, process, log, retireAt, clock, chaos);
        _startedAt = clock.GetTimestamp();
    }

    /// <summary>Whether another event may be given to it.</summary>
    public bool Usable => !_broken && !_process.Exited.IsCompleted && _clock.GetUtcNow() < _retireAt;

    /// <summary>How long the start took; null until the first event was taken.</summary>
    public TimeSpan? InitDuration { get; private set; }

    /// <summary>Every end of the function is an answer: its own, its error, its crash, or its timeout.</summary>
    public async Task<InvocationAnswer> InvokeAsync(Invocation invocation, CancellationToken cancellation)
    {
        await _log.StartAsync(invocation.RequestId);
        var failure = await WaitForInitAsync(invocation.RequestId, cancellation);
        var begin = _clock.GetTimestamp();
        var answer = failure ?? await AnswerAsync(invocation, cancellation);
        await _log.EndAsync(invocation.RequestId, _clock.GetElapsedTime(begin), _init, _function.MemoryMiB);
        _init = null;
        return answer with { LogTail = _log.Tail };
    }

    /// <summary>Ends the process at once: without extensions Lambda sends no SIGTERM either.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.Exited;
        await _api.DisposeAsync();
    }

    private async Task<InvocationAnswer?> WaitForInitAsync(string requestId, CancellationToken cancellation)
    {
        if (InitDuration is not null) return null;
        await FirstOfAsync(_api.Initialized, InitLimit + _function.Timeout, cancellation);
        InitDuration = _init = _clock.GetElapsedTime(_startedAt);

        var initError = _api.Initialized.IsCompleted ? await _api.Initialized : null;
        if (_api.Initialized.IsCompleted && initError is null) return null;
        _broken = true;
        return initError
            ?? (
                _process.Exited.IsCompleted
                    ? await ExitErrorAsync(requestId)
                    : TimedOut(requestId, InitLimit + _function.Timeout));
    }

    private async Task<InvocationAnswer> AnswerAsync(Invocation invocation, CancellationToken cancellation)
    {
        var deadline = _clock.GetUtcNow() + _function.Timeout;
        var answer = _api.OfferAsync(invocation, deadline);
        _broken = true; // Until it has answered: whatever else happens to this event, no other may come here.
        using var crash = Crash(answer);
        await FirstOfAsync(answer, _function.Timeout, cancellation);
        if (answer.IsCompleted)
        {
            _broken = false;
            return await answer;
        }

        if (_process.Exited.IsCompleted) return await ExitErrorAsync(invocation.RequestId);
        _process.Kill();
        var timedOut = TimedOut(invocation.RequestId, _function.Timeout);
        await _log.WriteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{_clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {invocation.RequestId} Task timed out after {_function.Timeout.TotalSeconds:F2} seconds"));
        return timedOut;
    }

    private ITimer? Crash(Task answer) => !_chaos.Hit(_chaos.Shares.Crash) ? null : _clock.CreateTimer(
        _ =>
        {
            if (answer.IsCompleted) return;
            _chaos.Report("crash", $"{_function.Name} is killed in the middle of an invocation.");
            _process.Kill();
        },
        null,
        _chaos.Within(MidInvocation),
        Timeout.InfiniteTimeSpan);

    private async Task<InvocationAnswer> ExitErrorAsync(string requestId)
    {
        var exit = await _process.Exited;
        var how = exit.Code switch
        {
            0 => "Runtime exited without providing a reason",
            137 => "Runtime exited with error: signal: killed",
            > 128 => $"Runtime exited with error: signal {exit.Code - 128}",
            _ => $"Runtime exited with error: exit status {exit.Code}",
        };
        await _log.WriteAsync($"RequestId: {requestId} Error: {how}");
        return InvocationAnswer.Error(
            exit.OutOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError", $"RequestId: {requestId} Error: {how}");
    }

    private static InvocationAnswer TimedOut(string requestId, TimeSpan after) => InvocationAnswer.Error(
        "Sandbox.Timedout",
        string.Create(
            CultureInfo.InvariantCulture,
            $"RequestId: {requestId} Error: Task timed out after {after.TotalSeconds:F2} seconds"));

    /// <summary>Waits for the answer, the end of the process, or the limit.</summary>
    private async Task FirstOfAsync(Task answer, TimeSpan limit, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(answer, _process.Exited, Task.Delay(limit, _clock, waiting.Token));
        cancellation.ThrowIfCancellationRequested();
        await waiting.CancelAsync();
    }
}
