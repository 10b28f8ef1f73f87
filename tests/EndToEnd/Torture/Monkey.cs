namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>Kills processes of a laptop at random moments, until it is told to stop.</summary>
internal sealed class Monkey(TorturedLaptop laptop, Random chance, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Of each kind its share of a hundred attempts; what does not run just then is spared.</summary>
    private static readonly (Prey Kind, int Share)[] Shares =
    [
        (Prey.Laptop, 5), (Prey.Dynalite, 9), (Prey.Function, 43), (Prey.Worker, 43),
    ];

    private readonly Dictionary<Prey, int> _kills = Enum.GetValues<Prey>().ToDictionary(kind => kind, _ => 0);

    public IReadOnlyDictionary<Prey, int> Kills => _kills;

    /// <summary>Afterwards the laptop is up.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(chance.NextDouble() * LongestPause, clock, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested) await KillAsync();
        }
    }

    private async Task KillAsync()
    {
        var kind = Choose();
        var running = ProcessTree.Find(laptop.Id, kind);
        if (running.Count == 0) return;
        if (kind == Prey.Laptop) await laptop.KillAndRestartAsync();
        else if (!ProcessTree.Kill(running[chance.Next(running.Count)])) return;
        _kills[kind]++;
    }

    private Prey Choose()
    {
        var drawn = chance.Next(Shares.Sum(one => one.Share));
        return Shares.First(one => (drawn -= one.Share) < 0).Kind;
    }
}
