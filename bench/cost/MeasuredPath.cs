using Jobs.Core;

namespace Jobs.Bench.Cost;

/// <summary>The calls of one kind of run.</summary>
/// <param name="Name">As in <see cref="Budgets"/>.</param>
/// <param name="Runs">The calls of each measured run, in their order.</param>
internal sealed record MeasuredPath(string Name, IReadOnlyList<IReadOnlyList<MeteredCall>> Runs)
{
    /// <summary>Per run.</summary>
    public Units Units => Runs.Select(UnitsOf).Aggregate((sum, units) => sum + units) / Runs.Count;

    /// <summary>The calls of the run that takes most.</summary>
    public IReadOnlyList<MeteredCall> Largest => Runs.MaxBy(run => UnitsOf(run).Writes + UnitsOf(run).Reads)!;

    /// <summary>Largest control item in bytes that was written.</summary>
    public int LargestControlItem => Runs.SelectMany(run => run).SelectMany(call => call.Items)
        .Where(item => item.Sort == Tables.RunItem && item.Units.Base > 0)
        .Select(item => item.Bytes).DefaultIfEmpty().Max();

    /// <summary>Calls of DynamoDB by the functions per run, which they wait for.</summary>
    public double FunctionDynamoCalls => FunctionCalls(call => call.IsDynamo);

    public double FunctionCalls(string operation) => FunctionCalls(call => call.Operation == operation);

    private static Units UnitsOf(IReadOnlyList<MeteredCall> run) => run.SelectMany(call => call.Items)
        .Aggregate(default(Units), (sum, item) => sum + item.Units);

    private double FunctionCalls(Func<MeteredCall, bool> which) =>
        Runs.SelectMany(run => run).Count(call => call.Who != Callers.Worker && which(call)) / (double)Runs.Count;
}
