using System.Globalization;
using Lapstack.Processes;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>A container of Podman or Docker. The program that is attached to it delivers its lines.</summary>
internal sealed class EngineContainer(string name, ContainerPlan plan, EngineProgram engine) : IContainer
{
    private const string Mark = "state ";

    /// <summary>What Podman and Docker call a container that never ran.</summary>
    private static readonly string[] NotStarted = ["created", "configured", "initialized"];

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<string>? _early = [];
    private ChildProcess? _attached;
    private Task<ChildExit>? _exited;

    public Task<ChildExit> Exited => _exited!;

    /// <summary>Starts what was created; returns when it runs or has ended.</summary>
    /// <returns>The engine's words when it could not be started; null when it was.</returns>
    public async Task<string?> StartAsync()
    {
        _attached = engine.Start(["start", "--attach", name], DeliverAsync);
        var ended = false;
        var state = await StateAsync();
        while (state is null or { HasStarted: false } && !ended)
        {
            // A real pause: how fast an engine is does not depend on the clock of the tasks.
            await Task.WhenAny(_attached.Exited, Task.Delay(Look, TimeProvider.System, CancellationToken.None));
            // In this order: what has ended is asked about once more.
            ended = _attached.Exited.IsCompleted;
            state = await StateAsync();
        }

        if (state is null or { HasStarted: false })
        {
            await engine.RunAsync(["rm", "--force", "--volumes", name]);
            return new EngineAnswer(null, _early!).LastLine;
        }

        _exited = EndAsync();
        await ReleaseAsync();
        return null;
    }

    public async Task StopAsync(TimeSpan grace)
    {
        var seconds = ((int)Math.Ceiling(grace.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (!Exited.IsCompleted) await engine.RunAsync(["stop", "--time", seconds, name]);
        await Exited;
    }

    public async Task KillAsync()
    {
        if (!Exited.IsCompleted) await engine.RunAsync(["kill", name]);
        await Exited;
    }

    public async Task<int?> RunInsideAsync(IReadOnlyList<string> command, TimeSpan timeout) =>
        (await engine.RunAsync(["exec", name, .. command], time: timeout)).Code;

    private async Task<ChildExit> EndAsync()
    {
        var attached = await _attached!.Exited;
        var state = await StateAsync();
        await engine.RunAsync(["rm", "--force", "--volumes", name]);
        return state is null
            ? new ChildExit(attached.Code, OutOfMemory: false)
            : new ChildExit(state.ExitCode, state.OutOfMemory);
    }

    /// <summary>Null when the engine does not know the container.</summary>
    private async Task<State?> StateAsync()
    {
        var answer = await engine.RunAsync(
            [
                "container", "inspect", "--format",
                $"{Mark}{{{{.State.Status}}}} {{{{.State.ExitCode}}}} {{{{.State.OOMKilled}}}}", name,
            ]);
        // The engine may print warnings beside it.
        return answer.Lines.LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal))?.Split(' ') is
            [_, var status, var code, var killed]
            ? new State(!NotStarted.Contains(status), int.Parse(code, CultureInfo.InvariantCulture), bool.Parse(killed))
            : null;
    }

    /// <summary>Until it is known that the container runs, a line may be the engine's own.</summary>
    private async Task DeliverAsync(string line)
    {
        lock (_gate)
        {
            if (_early is not null)
            {
                _early.Add(line);
                return;
            }
        }

        await _released.Task;
        await plan.OnLine(line);
    }

    private async Task ReleaseAsync()
    {
        List<string> early;
        lock (_gate)
        {
            early = _early!;
            _early = null;
        }

        foreach (var line in early) await plan.OnLine(line);
        _released.SetResult();
    }

    private sealed record State(bool HasStarted, int ExitCode, bool OutOfMemory);
}
