using System.Globalization;
using System.Text.RegularExpressions;
using Jobs.Core;
using Lapstack.Ground;
using Spectre.Console;

namespace Jobs.Local.Output;

/// <summary>Prints each hop of an event through the stack as it happens, in words a person would use.</summary>
/// <param name="start">Hops before this are not printed, except for what differs from AWS.</param>
/// <param name="stamp">How a hop's time is shown.</param>
/// <param name="tick">
/// Name of the function that runs each minute: that it was asked and has answered is not shown. Null to show it.
/// </param>
internal sealed partial class HopPrinter(
    IAnsiConsole console, DateTimeOffset start, Func<DateTimeOffset, string> stamp, string? tick = null)
{
    /// <summary>States a task only passes through: of interest to who waits on Fargate, not to who watches.</summary>
    private static readonly HashSet<string> Passing = ["ACTIVATING", "DEACTIVATING", "STOPPING", "DEPROVISIONING"];

    private string? _last;

    /// <summary>Seconds since the beginning, for a show.</summary>
    public static HopPrinter Since(IAnsiConsole console, DateTimeOffset start) =>
        new(console, start, at => (at - start).TotalSeconds.ToString("0.00 's'", CultureInfo.InvariantCulture));

    /// <summary>The time of day, for who leaves it running.</summary>
    public static HopPrinter Daily(IAnsiConsole console, DateTimeOffset start, TimeZoneInfo zone, string tick) =>
        new(
            console,
            start,
            at => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            tick);

    public async Task PrintAsync(Activity activity, CancellationToken cancellation)
    {
        try
        {
            await foreach (var hop in activity.ReadAsync(cancellation))
            {
                if ((hop.At >= start || IsNote(hop)) && !IsPassing(hop) && !IsRoutine(hop)) Print(hop);
            }
        }
        catch (OperationCanceledException)
        {
            // The watching is over, not the stack.
        }
    }

    /// <summary>What happened by the names that people gave, and as a terminal may show it.</summary>
    public static string Readable(string message) => Legible.Of(PhysicalName().Replace(message, "$1"));

    /// <summary>A bus that at AWS must be there first.</summary>
    private static bool IsNote(ActivityEntry hop) => (hop.Service, hop.Kind) == ("EventBridge", "Bus");

    private static bool IsPassing(ActivityEntry hop) => hop.Service == "ECS" && Passing.Contains(hop.Kind);

    /// <summary>The minute's tick, and alarms that say nothing is wrong.</summary>
    private bool IsRoutine(ActivityEntry hop) => (hop.Service, hop.Kind) switch
    {
        ("EventBridge", "Scheduled") or ("Lambda", "Answered" or "ColdStart") =>
            tick is not null && hop.Message.Contains(tick, StringComparison.Ordinal),
        ("CloudWatch", "AlarmNotWatched") => true,
        ("CloudWatch", "AlarmChanged") => !hop.Message.Contains("ALARM", StringComparison.Ordinal),
        _ => false,
    };

    private void Print(ActivityEntry hop)
    {
        try
        {
            Write(hop);
        }
#pragma warning disable CA1031 // The stack goes on, whatever a console makes of one line.
        catch (Exception e)
#pragma warning restore CA1031
        {
            console.WriteLine($"A hop of {hop.Service} could not be shown: {e.GetType().Name}");
        }
    }

    private void Write(ActivityEntry hop)
    {
        var message = Readable(hop.Message);
        if (message == _last) return;
        _last = message;
        console.MarkupLineInterpolated(
            $"[grey]{stamp(hop.At),9}[/]  [{Color(hop.Service)}]{hop.Service,-11}[/] {message}");
    }

    /// <summary>
    /// What CloudFormation would call a resource: stack, construct path, hash and chance. The path is what people gave
    /// it.
    /// </summary>
    [GeneratedRegex(@"\b[a-z][\w-]*?-Jobs(?:Functions)?(\w+?)(?:Function|Queue)?[0-9A-F]{8}-[0-9A-F]{12}\b")]
    private static partial Regex PhysicalName();

    private static string Color(string service) => service switch
    {
        "S3" => "green",
        "EventBridge" => "magenta",
        "SQS" => "yellow",
        "Lambda" => "orange3",
        "ECS" => "cyan",
        "SNS" => "red",
        "Chaos" => "deeppink2",
        _ => "grey",
    };
}
