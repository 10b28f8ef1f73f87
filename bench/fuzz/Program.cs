using System.CommandLine;
using Jobs.FuzzBench;
using Jobs.Tests.Fuzz.Targets;

var target = new Argument<string[]>("target")
{
    Description = $"What takes the inputs: {string.Join(", ", FuzzTargets.Names)}. Without it, each in turn.",
    Arity = ArgumentArity.ZeroOrMore,
};
target.AcceptOnlyFromAmong([.. FuzzTargets.Names]);
var inputs = new Option<ulong>("--inputs")
{
    Description = "How many inputs for each target.",
    DefaultValueFactory = _ => 100_000,
};
var first = new Option<ulong?>("--first")
{
    Description = "Number of the first input; the others follow it. Without it, one from the clock.",
};
var root = new RootCommand(
    "Changed inputs for everything that takes what others send: each has to end, with a reason, in bounded memory.")
{
    target, inputs, first,
};
root.SetAction((parsed, cancellation) => Campaign.RunAsync(
    parsed.GetValue(target) is { Length: > 0 } chosen ? chosen : [.. FuzzTargets.Names],
    parsed.GetValue(first) ?? (ulong)TimeProvider.System.GetUtcNow().Ticks,
    parsed.GetValue(inputs),
    cancellation));
return await root.Parse(args).InvokeAsync();
