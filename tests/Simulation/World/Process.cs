using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Faults;

namespace Jobs.Tests.Simulation.World;

/// <summary>
/// Something that runs and may die: an execution environment of a function, or a worker. Whatever it awaits from
/// outside is a call that takes virtual time; a dead process never gets an answer again.
/// </summary>
internal class Process(SimulatedWorld world, string name, CallFaults faults)
{
    private static readonly TimeSpan Fastest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(15);

    public SimulatedWorld World { get; } = world;

    public string Name { get; } = name;

    public bool IsDead { get; private set; }

    /// <summary>Called once, when the process dies.</summary>
    public Action? Died { get; set; }

    /// <summary>
    /// A call to AWS. Its effect happens some time after it is made, and its answer comes some time after that.
    /// </summary>
    public Task<T> CallAsync<T>(string call, Func<T> effect, CancellationToken cancellation)
    {
        if (IsDead) return new TaskCompletionSource<T>().Task;
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<T>(cancellation);
        if (World.Happens(faults.CrashBefore))
        {
            Die($"before {call}");
            return new TaskCompletionSource<T>().Task;
        }

        var pending = new Call<T>(this, call, effect, Draw());
        if (cancellation.CanBeCanceled) pending.CancelWith(cancellation);
        World.Loop.After(Latency(), pending.Arrive);
        return pending.Task;
    }

    public void Die(string why)
    {
        if (IsDead) return;
        World.Trace.Note(Name, "dies", $"{why}");
        IsDead = true;
        Died?.Invoke();
    }

    private CallFate Draw()
    {
        if (World.Happens(faults.CrashAfter)) return CallFate.CrashesAfter;
        if (World.Happens(faults.Fails)) return CallFate.Fails;
        if (!World.Happens(faults.AnswerLost)) return CallFate.Succeeds;
        // The SDK repeats a call whose answer was lost, unless it has done so too often.
        return World.Chance.Happens(0.6) ? CallFate.Repeated : CallFate.AnswerLost;
    }

    private TimeSpan Latency() => World.Happens(faults.Slow)
        ? World.Chance.Seconds(0.5, 7)
        : World.Chance.Between(Fastest, Slowest);

    private enum CallFate
    {
        Succeeds,
        CrashesAfter,
        Fails,
        AnswerLost,
        Repeated,
    }

    private sealed class Call<T>(Process process, string name, Func<T> effect, CallFate fate)
    {
        private readonly TaskCompletionSource<T> _answer = new();

        public Task<T> Task => _answer.Task;

        public void CancelWith(CancellationToken cancellation) =>
            cancellation.UnsafeRegister(static (call, token) => ((Call<T>)call!)._answer.TrySetCanceled(token), this);

        public void Arrive()
        {
            var world = process.World;
            // Whether a request arrives whose sender died while it was on its way is unknown.
            if (process.IsDead && world.Chance.Happens(0.5)) return;
            if (fate == CallFate.Fails || world.IsOut(name))
            {
                world.Trace.Note(process.Name, name, $"fails");
                world.Loop.After(process.Latency(), Fail);
                return;
            }

            var answer = effect();
            world.Partitions.Called(name);
            if (fate == CallFate.Repeated) answer = effect();
            world.Trace.Note(process.Name, name, $"→ {Text(answer)}{(fate == CallFate.Succeeds ? "" : $" ({fate})")}");
            if (fate == CallFate.CrashesAfter) process.Die($"after {name}");
            else if (fate == CallFate.AnswerLost) world.Loop.After(process.Latency(), Fail);
            else world.Loop.After(process.Latency(), () => Answer(answer));
        }

        private static string? Text(object? answer) => answer switch
        {
            RunReading { Run: var run } => Text(run),
            Run run => $"{run.Id} is {run.State} v{run.Version}",
            string text => text,
            System.Collections.IEnumerable all => string.Join(", ", all.Cast<object?>().Select(Text)),
            _ => answer?.ToString(),
        };

        private void Answer(T answer)
        {
            if (!process.IsDead) _answer.TrySetResult(answer);
        }

        private void Fail()
        {
            if (!process.IsDead) _answer.TrySetException(new SimulatedFailureException(name));
        }
    }
}
