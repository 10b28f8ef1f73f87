using Jobs.Core;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace Jobs.Cli.Output;

/// <summary>
/// Where the command line writes: colours on a terminal, unless NO_COLOR says otherwise; plain text anywhere else.
/// </summary>
internal static class Screens
{
    private const int Stdout = 1;

    /// <summary>Of a terminal that does not know its own.</summary>
    private const int UnknownWidth = 80;

    public static Screen Out() =>
        Create(Console.IsOutputRedirected ? Pipe() ?? Console.Out : Console.Out, Console.IsOutputRedirected);

    public static Screen Error() => Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>
    /// Asks on stderr, with no for an answer to a mere Enter; null when stdin or stderr is no terminal.
    /// </summary>
    public static async Task<bool?> AskAsync(string question, CancellationToken cancellation)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected) return null;
        var prompt = new ConfirmationPrompt(Markup.Escape(Legible.Of(question))) { DefaultValue = false };
        return await prompt.ShowAsync(Terminal(Console.Error), cancellation);
    }

    /// <summary>Asks for a text on stderr; null when stdin or stderr is no terminal.</summary>
    public static async Task<string?> AskTextAsync(string question, CancellationToken cancellation)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected) return null;
        var prompt = new TextPrompt<string>(Markup.Escape(Legible.Of(question)));
        return await prompt.ShowAsync(Terminal(Console.Error), cancellation);
    }

    private static Screen Create(TextWriter writer, bool isRedirected)
    {
        var isPlain = isRedirected || Variable("NO_COLOR") is not null || Variable("TERM") == "dumb";
        // Only Spectre can make a terminal of Windows understand colours.
        var hasStyles = !isPlain && (!OperatingSystem.IsWindows() || Terminal(writer).Profile.Capabilities.Ansi);
        return new Screen(writer, isRedirected ? null : Columns(), hasStyles);
    }

    private static IAnsiConsole Terminal(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

    /// <summary>
    /// Stdout as a pipe that says when its reader has gone, which .NET's own console keeps to itself: a log that is
    /// followed into <c>head</c> would go on unread. Null when it is a file, or not Unix.
    /// </summary>
    private static StreamWriter? Pipe()
    {
        if (OperatingSystem.IsWindows()) return null;
        try
        {
            var stream = new FileStream(new SafeFileHandle(Stdout, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? null : new StreamWriter(stream) { AutoFlush = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Closed, as by >&-: the console knows what to do without.
            return null;
        }
    }

    private static int Columns() => Console.WindowWidth is > 0 and var width ? width : UnknownWidth;

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
