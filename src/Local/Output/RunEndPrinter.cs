using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Lapstack.Ground;
using Spectre.Console;

namespace Jobs.Local.Output;

/// <summary>
/// Says of each task that has stopped what became of its run, with its result, and what to type next.
/// </summary>
/// <param name="lines">What to type.</param>
internal sealed class RunEndPrinter(IAnsiConsole console, IRunStore runs, CommandLines lines, TimeProvider clock)
{
    /// <summary>
    /// The functions judge a task within a second or two; a look at the run after this long finds nothing new.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Characters of a result: one line of a wide screen.</summary>
    private const int MaxResult = 160;

    public async Task PrintAsync(Activity activity, CancellationToken cancellation)
    {
        var telling = new List<Task>();
        try
        {
            await foreach (var hop in activity.ReadAsync(cancellation))
            {
                telling.RemoveAll(one => one.IsCompleted);
                if (LaunchOf(hop) is { } launch) telling.Add(TellAsync(launch, cancellation));
            }
        }
        catch (OperationCanceledException)
        {
            // The watching is over, not the stack.
        }

        await Task.WhenAll(telling);
    }

    private static LaunchId? LaunchOf(ActivityEntry hop) =>
        hop is { Service: "ECS", Kind: "STOPPED" }
        && LaunchId.TryParse(hop.Details?.GetValueOrDefault("startedBy"), out var launch)
            ? launch
            : null;

    private async Task TellAsync(LaunchId launch, CancellationToken cancellation)
    {
        try
        {
            for (var begin = clock.GetTimestamp(); clock.GetElapsedTime(begin) < Patience;)
            {
                if (await runs.ReadAsync(launch.Run, cancellation) is { } reading && HasEnded(reading.Run, launch))
                {
                    Print(reading);
                    return;
                }

                await Task.Delay(Poll, clock, cancellation);
            }
        }
#pragma warning disable CA1031 // The stack goes on, whatever a look at one run meets.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The command line shows the run all the same.
        }
    }

    private static bool HasEnded(Run run, LaunchId launch) =>
        run.IsOver || run.Launch > launch.Number || run.State is RunState.Pending or RunState.AwaitingChildren;

    private void Print(RunReading reading)
    {
        var run = reading.Run;
        var what = run.State == RunState.Succeeded ? reading.CurrentWorker?.ResultJson : run.Verdict?.Sentence;
        var about = what is null ? "" : $": {Legible.Of(Excerpt.Of(what, MaxResult))}";
        var next = lines.Show(run.Id.ToString());
        console.MarkupLineInterpolated($"           [{ColorOf(run)}]{run.Id} {run.State}[/]{about}");
        console.MarkupLineInterpolated($"           [grey]{next}[/]");
    }

    private static string ColorOf(Run run) => run.State switch
    {
        RunState.Succeeded => "green",
        RunState.Failed or RunState.TimedOut => "red",
        _ => "yellow",
    };
}
