namespace Jobs.Tests.Simulation.World;

/// <summary>
/// All chance of a schedule (SplitMix64). Our own, so that a seed means the same schedule on every version of .NET.
/// https://prng.di.unimi.it/splitmix64.c
/// </summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    public ulong Bits()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 or above, below 1.</summary>
    public double Fraction() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 or above, below the count.</summary>
    public int Below(int count) => (int)(Fraction() * count);

    public bool Happens(double rate) => rate > 0 && Fraction() < rate;

    public TimeSpan Between(TimeSpan shortest, TimeSpan longest) => shortest + ((longest - shortest) * Fraction());

    public TimeSpan Seconds(double shortest, double longest) =>
        TimeSpan.FromSeconds(shortest + ((longest - shortest) * Fraction()));

    /// <summary>Mostly near the shortest, sometimes near the longest: each order of magnitude is as likely.</summary>
    public TimeSpan Spread(TimeSpan shortest, TimeSpan longest) =>
        TimeSpan.FromTicks((long)(shortest.Ticks * Math.Pow((double)longest.Ticks / shortest.Ticks, Fraction())));

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Chance of its own for a part, so that what else happens does not change it.</summary>
    public static Chance For(ulong seed, string part)
    {
        var hash = seed ^ 0xCBF29CE484222325;
        foreach (var letter in part) hash = (hash ^ letter) * 0x100000001B3;
        return new Chance(hash);
    }
}
