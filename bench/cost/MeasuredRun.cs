namespace Jobs.Bench.Cost;

/// <summary>The calls that one kind of run made, per run.</summary>
/// <param name="Job">The job that was run.</param>
/// <param name="Runs">How many were measured.</param>
/// <param name="Calls">Who called what, with its number per run, in the order of first appearance.</param>
/// <param name="Units">DynamoDB's units per run.</param>
internal sealed record MeasuredRun(string Job, int Runs, IReadOnlyList<(string Who, string Operation, double Number)> Calls, Units Units)
{
    /// <summary>Calls of DynamoDB and of ECS by the functions, which they wait for.</summary>
    public double FunctionCalls(string operation) => Calls.Where(call => call.Who != "worker" && call.Operation == operation).Sum(call => call.Number);

    public double FunctionDynamoCalls => Calls.Where(call => call.Who != "worker" && call.Operation != "RunTask").Sum(call => call.Number);
}
