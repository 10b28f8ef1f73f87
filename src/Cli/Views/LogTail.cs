using System.Text.Json;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Shapes;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Cli.Views;

/// <summary>Prints the log of a run's tasks, each line once, however often it is asked.</summary>
internal sealed class LogTail(CliContext cli, IStack stack, RunId run, bool json)
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _announced = new(StringComparer.Ordinal);

    /// <summary>Prints what there is that was not printed yet, oldest attempt first.</summary>
    /// <returns>Lines printed.</returns>
    public async Task<int> PrintAsync(RunReading reading, CancellationToken cancellation)
    {
        var printed = 0;
        foreach (var (launch, arn) in await TasksAsync(reading, cancellation))
        {
            printed += await PrintAsync(launch, arn[(arn.LastIndexOf('/') + 1)..], cancellation);
        }

        return printed;
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

    private async Task<int> PrintAsync(int launch, string task, CancellationToken cancellation)
    {
        var printed = 0;
        while (true)
        {
            var page = await stack.Logs.ReadAsync(
                Names.LogGroup(
                    stack.Place.Name, run.Job), Names.LogStream(task), _places.GetValueOrDefault(task), cancellation);
            if (page is null) return printed;
            if (page.Lines.Count > 0 && !json && _announced.Add(task))
            {
                cli.Note(Words.Invariant($"── launch {launch}, task {task} ──"));
            }

            foreach (var line in page.Lines) Print(launch, task, line);
            printed += page.Lines.Count;
            // The same token again is CloudWatch's word for the end.
            var isEnd = page.Lines.Count == 0 || _places.GetValueOrDefault(task) == page.Next;
            _places[task] = page.Next;
            if (isEnd) return printed;
        }
    }

    private void Print(int launch, string task, LogLine line)
    {
        if (json)
        {
            cli.WriteLine(
                JsonSerializer.Serialize(
                    new LogLineShape(line.At, launch, task, line.Text), LineJson.Default.LogLineShape));
            return;
        }

        var (level, text) = HostLine.Read(line.Text);
        cli.WriteLine(new Cell(Words.Clock(line.At, cli.Zone), "grey"), " ", new Cell(text, level));
    }
}
