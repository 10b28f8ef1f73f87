namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>Kills processes of a laptop at random moments, until it is told to stop.</summary>
internal sealed class Monkey(TorturedLaptop laptop, Random chance, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Of each kind its share of a hundred kills, as far as it runs when one is due.</summary>
    private static readonly (Prey Kind, int Share)[] Shares =
    [
        (Prey.Laptop, 12), (Prey.Dynalite, 18), (Prey.Function, 35), (Prey.Worker, 35),
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
        var (kind, running) = Shares
            .OrderBy(one => (_kills[one.Kind] + chance.NextDouble()) / one.Share)
            .Select(one => (one.Kind, Running: ProcessTree.Find(laptop.Id, one.Kind)))
            .First(one => one.Running.Count > 0);
        if (kind == Prey.Laptop) await laptop.KillAndRestartAsync();
        else if (!ProcessTree.Kill(running[chance.Next(running.Count)])) return;
        _kills[kind]++;
    }
}
