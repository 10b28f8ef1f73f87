using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>
/// One Lambda function: execution environments that are kept warm, one invocation at a time in each, killed at the
/// timeout.
/// </summary>
internal sealed class Function(SimulatedWorld world, string name, TimeSpan timeout)
{
    private readonly Stack<Sandbox> _idle = new();
    private int _sandboxes;
    private int _generation;

    /// <summary>Invocations that were begun.</summary>
    public long Invocations { get; private set; }

    /// <param name="body">One invocation in an environment.</param>
    /// <param name="ended">Called once: null when it returned, else why it did not.</param>
    public void Invoke(Func<Sandbox, Task> body, Action<string?> ended)
    {
        Invocations++;
        var sandbox = Warm() ?? new Sandbox(world, $"{name}-{++_sandboxes}");
        var running = true;
        sandbox.Begin(timeout);
        sandbox.Died = () => End("The process died.");
        world.Loop.After(timeout, () =>
        {
            if (running) sandbox.Die("timed out");
        });
        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await body(sandbox);
                End(null);
            }
#pragma warning disable CA1031 // Whatever a function throws, Lambda takes it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                world.Witness.Threw(name, e);
                End(e.Message);
            }
        }

        void End(string? why)
        {
            if (!running) return;
            running = false;
            sandbox.Died = null;
            if (!sandbox.IsDead && sandbox.Generation >= _generation) _idle.Push(sandbox);
            ended(why);
        }
    }

    // One may have died after its invocation, of a call that it awaited no longer: Lambda does not use it again.
    private Sandbox? Warm()
    {
        while (_idle.TryPop(out var warm))
        {
            if (!warm.IsDead) return warm;
        }

        return null;
    }

    /// <summary>A deployment has reached it: the next invocations get new environments.</summary>
    public void Refresh()
    {
        _idle.Clear();
        _generation = world.Generation;
    }
}
