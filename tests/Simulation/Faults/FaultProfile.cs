using System.Globalization;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Faults;

/// <summary>The rate of each fault in one schedule; 0 is off.</summary>
internal sealed class FaultProfile
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();
    private static readonly FaultKind[] Plain = [.. Kinds.Where(kind => kind < FaultKind.LostAnnouncement)];
    private static readonly FaultKind[] Wide = [.. Kinds.Where(kind => kind >= FaultKind.LostAnnouncement)];

    private readonly double[] _rates = new double[Kinds.Length];

    public static FaultProfile None { get; } = new();

    public double this[FaultKind kind] => _rates[(int)kind];

    public IEnumerable<FaultKind> Active => Kinds.Where(kind => this[kind] > 0);

    /// <summary>
    /// Swarm testing: which faults are on differs from schedule to schedule, so that a common one does not always hide
    /// a rare one.
    /// </summary>
    public static FaultProfile Draw(Chance chance)
    {
        var share = chance.Pick([0.0, 0.1, 0.3, 0.3, 0.6, 0.9]);
        return None.Draw(Plain, share, chance);
    }

    /// <summary>With the faults that only wide schedules have.</summary>
    public FaultProfile DrawMore(Chance chance) => Draw(Wide, chance.Pick([0.0, 0.2, 0.4]), chance);

    private FaultProfile Draw(FaultKind[] kinds, double share, Chance chance)
    {
        var profile = new FaultProfile();
        _rates.CopyTo(profile._rates, 0);
        foreach (var kind in kinds)
        {
            var on = chance.Happens(share);
            var rate = Highest(kind) * Math.Pow(0.03, chance.Fraction());
            if (on) profile._rates[(int)kind] = rate;
        }

        return profile;
    }

    /// <summary>Every fault at this part of its highest rate.</summary>
    public static FaultProfile Even(double part, params ReadOnlySpan<FaultKind> without)
    {
        var profile = new FaultProfile();
        foreach (var kind in Kinds)
        {
            if (!without.Contains(kind)) profile._rates[(int)kind] = Highest(kind) * part;
        }

        return profile;
    }

    public FaultProfile Without(FaultKind kind) => With(kind, 0);

    public FaultProfile With(FaultKind kind, double rate)
    {
        var other = new FaultProfile();
        _rates.CopyTo(other._rates, 0);
        other._rates[(int)kind] = rate;
        return other;
    }

    public override string ToString() =>
        string.Join(
            ", ", Active.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind} {this[kind]:0.####}")));

    // Per call for what happens to calls, per task for what happens to tasks, per event for what happens to events.
    private static double Highest(FaultKind kind) => kind switch
    {
        FaultKind.CrashBeforeCall or FaultKind.CrashAfterCall => 0.05,
        FaultKind.CallFails or FaultKind.AnswerLost or FaultKind.SlowCall or FaultKind.WorkerCallFails
            or FaultKind.WorkerAnswerLost => 0.15,
        FaultKind.Misconfigured or FaultKind.StoppedByHand => 0.05,
        FaultKind.HostRetired or FaultKind.SpotKill => 0.25,
        FaultKind.JobIsSlow or FaultKind.StuckProvisioning or FaultKind.WorkerHangs => 0.3,
        FaultKind.TickSkipped or FaultKind.TickLate => 0.5,
        FaultKind.LostAnnouncement => 0.3,
        _ => 0.4,
    };
}
