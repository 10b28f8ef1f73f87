using System.Buffers;
using System.Globalization;
using Jobs.Core.Ids;

namespace Jobs.Core;

/// <summary>
/// The command lines that people are told to type: e-mails, alarms and the command line's own hints take them from
/// here. Each names the stack, so that it does the same wherever it is pasted.
/// </summary>
/// <param name="stack">Null where no stack is known yet.</param>
public sealed class CommandLines(string? stack)
{
    /// <summary>How the tool is called: its command is <c>dotnet-jobs</c>, which <c>dotnet</c> finds.</summary>
    public const string Tool = "dotnet jobs";

    /// <summary>What no shell changes: such an argument needs no quotes.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-");

    /// <summary>Lines for when no stack is known.</summary>
    public static CommandLines WithoutStack { get; } = new(null);

    /// <param name="json">With what each job takes.</param>
    public string List(bool json = false) => json ? Line("list", "--json") : Line("list");

    public string Submit(string job) => Line("submit", job);

    /// <param name="run">Its id, or the beginning of it.</param>
    public string Show(string run) => Line("show", run);

    /// <param name="run">Its id, or the beginning of it.</param>
    /// <param name="follow">Until it is over.</param>
    public string Logs(string run, bool follow = false) => follow ? Line("logs", "-f", run) : Line("logs", run);

    /// <param name="run">Its id, or the beginning of it.</param>
    public string Retry(string run) => Line("retry", run);

    /// <param name="run">Its id, or the beginning of it.</param>
    public string Cancel(string run) => Line("cancel", run);

    /// <param name="schedule">Null for the whole job.</param>
    public string Resume(string job, string? schedule = null) =>
        schedule is null ? Line("resume", job) : Line("resume", job, "--schedule", schedule);

    /// <param name="job">Null for every job.</param>
    public string Runs(string? job = null) => job is null ? Line("runs") : Line("runs", "--job", job);

    public string FailedRuns(string job) => Line("runs", "--job", job, "--state", "failed");

    /// <summary>What each job cost.</summary>
    public string Cost() => Line("cost");

    /// <summary>Each change of a run, as it happens.</summary>
    public string FollowRuns() => Line("runs", "--follow");

    public string Status() => Line("status");

    public string Doctor() => Line("doctor");

    /// <summary>Proves a deployment from outside.</summary>
    public string Verify() => Line("verify");

    /// <summary>It looks at the account, whatever stacks there are, and makes ECS's role.</summary>
    public static string PrepareAccount() =>
        WithoutStack.Line("doctor", "--before-deploy", "--create-service-linked-role");

    /// <param name="queue">Null for every queue.</param>
    public string DeadLetters(string? queue = null) =>
        queue is null ? Line("dead-letters") : Line("dead-letters", queue);

    public string Redrive(string queue) => Line("dead-letters", queue, "--redrive");

    /// <summary>How far a replay is.</summary>
    public string Replay(string id) => Line("replay", "--id", id);

    /// <summary>One that was given up goes on.</summary>
    public string ResumeReplay(string id) => Line("replay", "--id", id, "--yes");

    public string CancelReplay(string id) => Line("replay", "--id", id, "--cancel");

    public string ReplayPrefix(string prefix) => Line("replay", "--prefix", prefix);

    public string ReplayDeadLetters(string queue) => Line("replay", "--dead-letters", queue);

    /// <summary>Planned times, the last of the window not included.</summary>
    public string ReplaySchedule(ScheduleKey schedule, DateTimeOffset from, DateTimeOffset to) =>
        Line("replay", "--schedule", schedule.ToString(), "--from", Time(from), "--to", Time(to));

    /// <summary>Whatever failed of a job that was asked for in a window, however it was started.</summary>
    public string ReplayFailed(string job, DateTimeOffset from, DateTimeOffset to) =>
        Line("replay", "--failed", "--job", job, "--from", Time(from), "--to", Time(to));

    /// <summary>Runs the stack of the nearest CDK app on this machine.</summary>
    public static string Up() => WithoutStack.Line("up");

    /// <summary>Makes a new solution.</summary>
    public static string Init(string name) => WithoutStack.Line("init", name);

    /// <summary>Deploys the stack of the nearest CDK app.</summary>
    /// <param name="context">What synthesis is told, as name=value.</param>
    public static string Deploy(params IEnumerable<string> context) =>
        WithoutStack.Line(["deploy", .. context.SelectMany(value => new[] { "-c", value })]);

    /// <summary>Pushes the images of a synthesis, and waits for their scan.</summary>
    /// <param name="assembly">Folder of the synthesis.</param>
    /// <param name="failOn">The least severity that is refused.</param>
    /// <param name="allowed">Findings that are not, each with the reason.</param>
    public static string Images(
        string assembly, string failOn, IEnumerable<KeyValuePair<string, string>> allowed) =>
        WithoutStack.Line(
            [
                "images", "--assembly", assembly, "--fail-on", failOn,
                .. allowed.SelectMany(one => new[] { "--allow", $"{one.Key}={one.Value}" }),
            ]);

    /// <summary>Marks the images of a synthesis as those of a stage.</summary>
    public static string KeepImages(string assembly, string stage) =>
        WithoutStack.Line("images", "--assembly", assembly, "--keep", stage);

    /// <summary>The help of a command, which needs no stack.</summary>
    public static string Help(string command) => WithoutStack.Line(command, "--help");

    /// <summary>An argument as a POSIX shell takes it: as it is, or in single quotes.</summary>
    public static string Quoted(string argument) =>
        argument.Length > 0 && argument.AsSpan().IndexOfAnyExcept(Plain) < 0
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private string Line(params IEnumerable<string> words) =>
        string.Join(' ', words.Concat(stack is null ? [] : ["--stack", stack]).Select(Quoted).Prepend(Tool));

    /// <summary>To the minute where that is the whole.</summary>
    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(
        at.UtcDateTime.Second == 0 ? "yyyy-MM-dd'T'HH:mm'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'",
        CultureInfo.InvariantCulture);
}
