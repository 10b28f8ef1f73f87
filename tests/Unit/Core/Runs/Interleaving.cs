namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>
/// Lets processes take turns at every call of a port, in every order in which a process that could go on gives way no
/// more than a few times. Each order
/// is tried on a new world, and a failure names its order.
/// </summary>
/// <param name="switches">How often a process that could go on gives way, in one order.</param>
/// <param name="begin">Begins a process on the world.</param>
/// <param name="check">Looks at the world after each call.</param>
/// <param name="end">Looks at the world when all processes have ended.</param>
internal sealed class Interleaving<TWorld>(
    int switches, Func<IReadOnlyList<Gate>, TWorld> make, IReadOnlyList<Func<TWorld, Gate, Task>> processes,
        Action<TWorld> check, Func<TWorld, Task> end)
{
    private readonly Stack<int[]> _untried = new([[]]);

    /// <returns>How many orders there are.</returns>
    public async Task<int> ExploreAsync()
    {
        var orders = 0;
        for (; _untried.TryPop(out var prefix); orders++) await TryAsync(prefix);
        return orders;
    }

    private async Task TryAsync(int[] prefix)
    {
        var taken = new List<int>();
        try
        {
            var gates = processes.Select(_ => new Gate()).ToArray();
            var world = make(gates);
            await Task.WhenAll(Run(world, gates, prefix, taken));
            await end(world);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"In the order {string.Join(' ', taken)}: {e.Message}", e);
        }
    }

    private Task[] Run(TWorld world, Gate[] gates, int[] prefix, List<int> taken)
    {
        var context = SynchronizationContext.Current;
        // Without a context, what waits at a gate goes on within the call that opens it.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            foreach (var gate in gates) gate.IsShut = true;
            var running = processes.Select((process, index) => process(world, gates[index])).ToArray();
            for (var (current, used) = (-1, 0); gates.Any(gate => gate.Waits);)
            {
                var ready = Enumerable.Range(0, gates.Length).Where(process => gates[process].Waits).ToList();
                var usual = ready.Contains(current) ? current : ready[0];
                if (taken.Count >= prefix.Length && (usual != current || used < switches))
                {
                    foreach (var other in ready.Where(process => process != usual)) _untried.Push([.. taken, other]);
                }

                var next = taken.Count < prefix.Length ? prefix[taken.Count] : usual;
                if (next != current && usual == current) used++;
                taken.Add(current = next);
                gates[next].LetOne();
                check(world);
            }

            foreach (var gate in gates) gate.IsShut = false;
            return running;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
