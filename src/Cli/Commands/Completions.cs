using System.CommandLine;
using System.CommandLine.Completions;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Commands;

/// <summary>
/// Values that only the stack knows, for a shell that completes: by the name of the argument or option that takes them.
/// </summary>
internal sealed class Completions(CliContext cli)
{
    /// <summary>The person who pressed the key waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const int MaxRuns = 50;

    private readonly Dictionary<string, Func<IStack, CancellationToken, Task<IEnumerable<string>>>> _values = new(
        StringComparer.Ordinal)
    {
        ["job"] = SubmittableAsync,
        ["--job"] = JobsAsync,
        ["run"] = RunsAsync,
        ["queue"] = (stack, _) => Task.FromResult<IEnumerable<string>>(stack.Queues.DeadLetters),
        ["--dead-letters"] = (stack, _) => Task.FromResult<IEnumerable<string>>(stack.Queues.DeadLetters),
        ["--schedule"] = SchedulesAsync,
    };

    public void AddTo(RootCommand root)
    {
        foreach (var command in root.Subcommands)
        {
            foreach (var argument in command.Arguments) Add(argument.Name, argument.CompletionSources);
            foreach (var option in command.Options) Add(option.Name, option.CompletionSources);
        }
    }

    private void Add(string name, List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources)
    {
        if (!_values.TryGetValue(name, out var values)) return;
        // Options that commands share outlive a command line.
        sources.Clear();
        sources.Add(context => Ask(context, values));
    }

    /// <summary>
    /// The library asks in one go, so this waits; without an answer there is nothing to complete, and nothing to say.
    /// </summary>
    private IEnumerable<CompletionItem> Ask(
        CompletionContext context, Func<IStack, CancellationToken, Task<IEnumerable<string>>> values)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, cli.Clock);
            return Task.Run(() => AskAsync(SharedOptions.StackOf(context.ParseResult), values, patience.Token))
                .GetAwaiter()
                .GetResult()
                .Where(value => value.StartsWith(context.WordToComplete, StringComparison.Ordinal))
                .Select(value => new CompletionItem(value));
        }
        catch (Exception e) when (
            e is OperationCanceledException || Guard.ForPeople(e, CommandLines.WithoutStack) is not null)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<string>> AskAsync(
        string? name, Func<IStack, CancellationToken, Task<IEnumerable<string>>> values, CancellationToken cancellation)
    {
        using var stack = await cli.Connect(name, false, cancellation);
        return [.. await values(stack, cancellation)];
    }

    private static async Task<IEnumerable<string>> JobsAsync(IStack stack, CancellationToken cancellation) =>
        await stack.History.JobsAsync(cancellation);

    /// <summary>Runs of a job that takes messages begin with its queue's backlog, and no other way.</summary>
    private static async Task<IEnumerable<string>> SubmittableAsync(IStack stack, CancellationToken cancellation)
    {
        var catalog = await stack.CatalogAsync(cancellation);
        return catalog.Jobs.Where(job => job.Queue is null).Select(job => job.Name);
    }

    private static async Task<IEnumerable<string>> RunsAsync(IStack stack, CancellationToken cancellation)
    {
        var page = await stack.History.PageAsync(
            await stack.History.JobsAsync(cancellation), null, null, null, MaxRuns, cancellation);
        return page.Runs.Select(run => run.ToString());
    }

    private static async Task<IEnumerable<string>> SchedulesAsync(IStack stack, CancellationToken cancellation)
    {
        var catalog = await stack.CatalogAsync(cancellation);
        return catalog.Jobs.SelectMany(job => job.Schedules.Select(schedule => $"{job.Name}/{schedule.Name}"));
    }
}
