using System.Globalization;
using System.Runtime.CompilerServices;

namespace Jobs.Tests.Simulation.World;

/// <summary>
/// What happened, in order: always as a hash, by which two runs of a schedule are compared, and as lines for people
/// when a failure is replayed.
/// </summary>
/// <param name="about">Keep only lines that name this run, or a task that was started for it; null for all.</param>
internal sealed class Trace(EventLoop loop, bool keepsLines, string? about = null)
{
    private readonly List<(DateTimeOffset At, string Subject, string Text)> _lines = [];
    private readonly HashSet<string> _tasks = [];

    /// <summary>The same for the same schedule, in every process.</summary>
    public ulong Hash { get; private set; } = 0xCBF29CE484222325;

    public bool KeepsLines { get; } = keepsLines;

    public IReadOnlyList<(DateTimeOffset At, string Subject, string Text)> Lines => _lines;

    public void Note(string subject, string what, [InterpolatedStringHandlerArgument("")] ref Detail detail)
    {
        Mix(subject, what);
        if (KeepsLines) Keep(subject, what, detail.Text);
    }

    public void Note(string subject, string what)
    {
        Mix(subject, what);
        if (KeepsLines) Keep(subject, what, "");
    }

    private void Keep(string subject, string what, string detail)
    {
        if (about is not null && !IsAbout(about, subject, detail)) return;
        if (about is not null && what == "starts") _tasks.Add(subject);
        _lines.Add((loop.Now, subject, $"{what} {detail}".TrimEnd()));
    }

    private bool IsAbout(string run, string subject, string detail) =>
        subject.Contains(run, StringComparison.Ordinal)
        || detail.Contains(run, StringComparison.Ordinal)
        || _tasks.Any(task => subject.Contains(task, StringComparison.Ordinal));

    private void Mix(string subject, string what)
    {
        var hash = (Hash ^ (ulong)loop.Now.Ticks) * 0x100000001B3;
        foreach (var letter in subject) hash = (hash ^ letter) * 0x100000001B3;
        foreach (var letter in what) hash = (hash ^ letter) * 0x100000001B3;
        Hash = hash ^ (hash >> 29);
    }

    /// <summary>Text that is only made when the trace is written.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Detail
    {
        private readonly System.Text.StringBuilder? _text;

        public Detail(int literalLength, int formattedCount, Trace trace) =>
            _text = trace.KeepsLines ? new System.Text.StringBuilder(literalLength + (formattedCount * 16)) : null;

        public string Text => _text?.ToString() ?? "";

        public void AppendLiteral(string text) => _text?.Append(text);

        public void AppendFormatted<T>(T value, string? format = null) =>
            _text?.Append(
                value is IFormattable formattable
                    ? formattable.ToString(format, CultureInfo.InvariantCulture)
                    : value?.ToString());
    }
}
