using System.Runtime.CompilerServices;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>Reads the log of a run's tasks, each line once, however often it is asked.</summary>
internal sealed class LogReader(IStack stack, RunId run)
{
    /// <summary>By task, where the next line is.</summary>
    public Dictionary<string, string> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>The pages that were not read yet, oldest launch first.</summary>
    public async IAsyncEnumerable<(int Launch, string Task, IReadOnlyList<LogLine> Lines)> ReadAsync(
        RunReading reading, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (launch, arn) in await TasksAsync(reading, cancellation))
        {
            var task = arn[(arn.LastIndexOf('/') + 1)..];
            for (var isEnd = false; !isEnd;)
            {
                var page = await stack.Logs.ReadAsync(
                    Names.LogGroup(stack.Place.Name, run.Job),
                    Names.LogStream(task),
                    Places.GetValueOrDefault(task),
                    cancellation);
                if (page is null) break;
                if (page.Lines.Count > 0) yield return (launch, task, page.Lines);
                // The same token again is CloudWatch's word for the end.
                isEnd = page.Lines.Count == 0 || Places.GetValueOrDefault(task) == page.Next;
                Places[task] = page.Next;
            }
        }
    }

    private async Task<IEnumerable<(int Launch, string Arn)>> TasksAsync(
        RunReading reading, CancellationToken cancellation)
    {
        var current = reading.Run.TaskArn ?? reading.CurrentWorker?.TaskArn;
        var ended = reading.Run.Launch > 1 || reading.Run.IsOver || current is null
            ? await stack.Runs.AttemptsAsync(run, cancellation)
            : [];
        var tasks = ended.Where(attempt => attempt.TaskArn is not null)
            .Select(attempt => (attempt.Launch.Number, Arn: attempt.TaskArn!))
            .ToList();
        if (current is not null && tasks.All(task => task.Arn != current)) tasks.Add((reading.Run.Launch, current));
        return tasks;
    }
}
