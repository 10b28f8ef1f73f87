using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.State;

namespace Lapstack.Services.Lambda;

/// <summary>
/// Lambda's queue of asynchronous events: on disk before it is accepted, retried after one and then two minutes when
/// the function fails, handed to the destination at the end. An event that was running when the emulator died is
/// delivered again. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
/// </summary>
internal sealed class AsyncInvocations(
    FunctionStore functions, Destinations destinations, StateFolder state, RoomOnDisk room, Activity activity,
    TimeProvider clock) : IHostedPart, IDisposable
{
    private const string Folder = "async";
    private readonly ServiceState _state = state.For("lambda");
    private readonly BackgroundWork _work = new(activity, "Lambda");

    /// <summary>Returns when the event is on disk.</summary>
    public void Enqueue(string functionName, string requestId, ReadOnlyMemory<byte> payload)
    {
        var now = clock.GetUtcNow();
        var accepted = new AsyncEvent(requestId, functionName, payload.ToArray(), now, 0, now);
        _state.Write(NameOf(accepted), accepted);
        _work.Run(stopping => DeliverAsync(accepted, stopping));
    }

    public Task StartAsync(CancellationToken cancellation)
    {
        foreach (var name in _state.List(Folder))
            if (_state.Read<AsyncEvent>(name) is { } waiting) _work.Run(stopping => DeliverAsync(waiting, stopping));
        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private async Task DeliverAsync(AsyncEvent @event, CancellationToken stopping)
    {
        var settings = functions.InvokeSettings.GetValueOrDefault(@event.FunctionName) ?? new EventInvokeSettings();
        if (functions.Find(@event.FunctionName) is not { } pool)
        {
            activity.Report(
                "Lambda",
                "EventDropped",
                $"An event waits for {@event.FunctionName}, which is no longer in the stack; it is dropped.");
            _state.Delete(NameOf(@event));
            return;
        }

        InvocationAnswer? answer = null;
        var condition = pool.Function.ReservedConcurrency == 0 ? "ReservedConcurrencyZero" : null;
        while (condition is null)
        {
            if (@event.NotBefore - clock.GetUtcNow() is { Ticks: > 0 } pause) await Task.Delay(pause, clock, stopping);
            if (clock.GetUtcNow() - @event.AcceptedAt > settings.MaximumEventAge)
            {
                condition = "EventAgeExceeded";
                break;
            }

            var invocation = new Invocation(@event.RequestId, @event.Payload);
            answer = await room.AwaitAsync(() => pool.InvokeAsync(invocation, stopping), stopping);
            @event = @event with { Attempts = @event.Attempts + 1 };
            if (!answer.Failed) condition = "Success";
            else if (@event.Attempts > settings.MaximumRetryAttempts) condition = "RetriesExhausted";
            else
            {
                // One minute before the second attempt, two before the third.
                @event = @event with { NotBefore = clock.GetUtcNow() + TimeSpan.FromMinutes(@event.Attempts) };
                await KeepAsync(@event, stopping);
                activity.Report(
                    "Lambda",
                    "Retry",
                    $"{@event.FunctionName} gets its failed event again at {@event.NotBefore:HH:mm:ss}.");
            }
        }

        await room.AwaitAsync(
            () => destinations.SendAsync(pool.Function, settings, @event, condition, answer, stopping), stopping);
        _state.Delete(NameOf(@event));
    }

    private Task KeepAsync(AsyncEvent @event, CancellationToken stopping) =>
        room.AwaitAsync(() => _state.Write(NameOf(@event), @event), stopping);

    private static string NameOf(AsyncEvent @event) => $"{Folder}/{@event.RequestId}.json";
}
