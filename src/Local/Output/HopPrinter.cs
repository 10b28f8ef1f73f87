using System.Globalization;
using Jobs.Emulator;
using Spectre.Console;

namespace Jobs.Local.Output;

/// <summary>Prints each hop of an event through the stack as it happens.</summary>
internal sealed class HopPrinter(IAnsiConsole console, DateTimeOffset start)
{
    public async Task PrintAsync(Activity activity, CancellationToken cancellation)
    {
        try
        {
            await foreach (var hop in activity.ReadAsync(cancellation))
            {
                if (hop.At >= start) Print(hop);
            }
        }
        catch (OperationCanceledException)
        {
            // The watching is over, not the stack.
        }
    }

    private void Print(ActivityEntry hop)
    {
        var at = (hop.At - start).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        console.MarkupLineInterpolated($"[grey]{at,7} s[/]  [{Color(hop.Service)}]{hop.Service,-11}[/] {hop.Message}");
    }

    private static string Color(string service) => service switch
    {
        "S3" => "green",
        "EventBridge" => "magenta",
        "SQS" => "yellow",
        "Lambda" => "orange3",
        "ECS" => "cyan",
        "SNS" => "red",
        _ => "grey",
    };
}
