using System.Text.Json;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Cli.Views;

/// <summary>Prints the log of a run's tasks, each line once, however often it is asked.</summary>
internal sealed class LogTail(CliContext cli, IStack stack, RunId run, bool json)
{
    private readonly LogReader _reader = new(stack, run);
    private readonly HashSet<string> _announced = new(StringComparer.Ordinal);

    /// <summary>Prints what there is that was not printed yet, oldest attempt first.</summary>
    /// <returns>Lines printed.</returns>
    public async Task<int> PrintAsync(RunReading reading, CancellationToken cancellation)
    {
        var printed = 0;
        await foreach (var (launch, task, lines) in _reader.ReadAsync(reading, cancellation))
        {
            if (!json && _announced.Add(task)) cli.Note(Words.Invariant($"── launch {launch}, task {task} ──"));
            foreach (var line in lines) Print(launch, task, line);
            printed += lines.Count;
        }

        return printed;
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
