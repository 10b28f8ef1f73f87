using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Verify;

/// <summary>
/// Puts the promises of a stack to the test, side by side, and removes all that this leaves, however it ends.
/// </summary>
/// <param name="id">Different for each verification.</param>
/// <param name="limit">For the trials, the removal not included.</param>
/// <param name="tell">Told each finding as soon as there is one.</param>
internal sealed class Verification(
    IStack stack, IProbe probe, TimeProvider clock, string id, TimeSpan limit, Action<Finding> tell)
{
    /// <summary>What a task needs to stop, and ECS to say so.</summary>
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromMinutes(2);

    /// <summary>After Ctrl-C: what was asked for by then is done without us.</summary>
    public static readonly TimeSpan InterruptedLimit = TimeSpan.FromSeconds(20);

    /// <summary>In the order of the table.</summary>
    private static readonly (string Name, Func<Stage, Trial> Create)[] Trials =
    [
        ("upload", stage => new UploadTrial(stage)),
        ("once", stage => new OnceTrial(stage)),
        ("schedule", stage => new ScheduleTrial(stage)),
        ("queue", stage => new QueueTrial(stage)),
        ("logs", stage => new LogTrial(stage)),
        ("failure", stage => new FailureTrial(stage)),
        ("email", stage => new EmailTrial(stage)),
        ("timeout", stage => new TimeoutTrial(stage)),
        ("cancel", stage => new CancelTrial(stage)),
        ("spot", stage => new SpotTrial(stage)),
    ];

    private readonly Traces _traces = new(clock);

    /// <summary>Names of the promises that can be chosen.</summary>
    public static IReadOnlyList<string> Names => [.. Trials.Select(trial => trial.Name)];

    /// <summary>What may still be there once it was interrupted, or could not go on.</summary>
    public IReadOnlyList<string> Left { get; private set; } = [];

    /// <param name="names">The promises; empty for all.</param>
    /// <exception cref="CliException">The stack has no canaries.</exception>
    public async Task<IReadOnlyList<Finding>> RunAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        RequireCanaries();
        var stage = new Stage(stack, probe, clock, id, clock.GetUtcNow() + limit, _traces, cancellation);
        var letters = new DeadLetterTrial(stage);
        await letters.BeginAsync(cancellation);
        try
        {
            var findings = await Task.WhenAll(
                Trials.Where(trial => names.Count == 0 || names.Contains(trial.Name))
                    .Select(trial => ToldAsync(trial.Create(stage), cancellation)));
            return [.. findings, await ToldAsync(letters, cancellation), await RemoveAsync()];
        }
        catch
        {
            Left = await _traces.RemoveAsync(InterruptedLimit);
            throw;
        }
    }

    private void RequireCanaries()
    {
        if (stack.Place.Outputs.ContainsKey(OutputNames.CanaryRule)) return;
        throw CliException.Failed(
            $"Stack {stack.Place.Name} has no canaries, which a verification submits and uploads to. Set " +
            "JobRunnerProps.Canary (the sample stack: -c canary=true) and deploy.");
    }

    private async Task<Finding> ToldAsync(Trial trial, CancellationToken cancellation)
    {
        var finding = await trial.RunAsync(cancellation);
        tell(finding);
        return finding;
    }

    private async Task<Finding> RemoveAsync()
    {
        const string Name = "removal";
        const string Expected = "Nothing is left: no object, no message, no task, and the rule is disabled.";
        var left = await _traces.RemoveAsync(RemovalLimit);
        var finding = left.Count == 0
            ? new Finding(
                Name,
                Standing.Kept,
                Expected,
                "All of it is removed. The runs stay in the history until they expire.",
                null)
            : new Finding(
                Name,
                Standing.Broken,
                Expected,
                $"Still there: {string.Join("; ", left)}.",
                "Remove it by hand. A task ends by itself within minutes.");
        tell(finding);
        return finding;
    }
}
