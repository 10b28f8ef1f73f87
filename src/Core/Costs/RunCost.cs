using System.Globalization;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Costs;

/// <summary>
/// What Fargate charges for a run, all its tasks together. The few calls around a run cost less than $0.0001 and are
/// not in it.
/// </summary>
/// <param name="Dollars">US dollars.</param>
/// <param name="Billed">The time that all its tasks are billed for, together.</param>
/// <param name="Region">Whose prices these are.</param>
/// <param name="HasSpot">Part of it ran on Spot, whose price is an estimate.</param>
public sealed record RunCost(decimal Dollars, TimeSpan Billed, string Region, bool HasSpot)
{
    /// <summary>Fargate bills by the second, and no task for less. https://aws.amazon.com/fargate/pricing/</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    /// <summary>The cost so far: a task that still runs counts until <paramref name="now"/>.</summary>
    /// <param name="attempts">The run's attempts that ended without success, in any order.</param>
    public static RunCost Of(Run run, IReadOnlyList<Attempt> attempts, FargatePrices prices, DateTimeOffset now)
    {
        var cost = new RunCost(0, TimeSpan.Zero, prices.Region, HasSpot: false);
        foreach (var attempt in attempts)
        {
            cost = cost.With(run, attempt.Size ?? run.Size, attempt.Spot, attempt.Billed, prices);
        }

        // A success leaves no attempt, and a task that runs has not left one yet.
        return attempts.Any(attempt => attempt.Launch.Number == run.Launch)
            ? cost
            : cost.With(run, run.Size, run.UsesSpot, LastTask(run, now), prices);
    }

    /// <summary>US dollars that one task of the run costs, with the size that the run now has.</summary>
    /// <param name="billed">How long it is billed for.</param>
    public static decimal OfTask(Run run, TimeSpan billed, FargatePrices prices) =>
        new RunCost(0, TimeSpan.Zero, prices.Region, HasSpot: false)
            .With(run, run.Size, run.UsesSpot, billed, prices).Dollars;

    /// <summary>For people: <c>about $0.0082 for 600 s of Fargate (us-east-1 prices)</c>.</summary>
    public override string ToString()
    {
        var spot = HasSpot ? ", Spot estimated" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"about ${Dollars:0.0000} for {Math.Ceiling(Billed.TotalSeconds):0} s of Fargate ({Region} prices{spot})");
    }

    private static TimeSpan? LastTask(Run run, DateTimeOffset now) => run.State switch
    {
        RunState.Starting or RunState.Running or RunState.Stopping when run.TaskArn is not null => now - run.LaunchedAt,
        _ when run.IsOver && run.TaskArn is not null => run.Billed,
        _ => null,
    };

    private RunCost With(Run run, TaskSize size, bool spot, TimeSpan? billed, FargatePrices prices)
    {
        if (billed is not { } time) return this;
        var counted = TimeSpan.FromSeconds(Math.Ceiling(Math.Max(time.TotalSeconds, Least.TotalSeconds)));
        var perHour = prices.PerHour(size, run.Policy.Architecture, run.Policy.EphemeralStorageGiB, spot);
        return this with
        {
            Dollars = Dollars + (perHour * (decimal)counted.TotalHours),
            Billed = Billed + counted,
            HasSpot = HasSpot || spot,
        };
    }
}
