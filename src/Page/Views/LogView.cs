using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>Lines of a log, to be put behind those that are shown.</summary>
internal static class LogView
{
    public static Html Task(Frame frame, int launch, string task, IReadOnlyList<LogLine> lines) => Html.Of($"""
        <p class="task" data-task="{task}">launch {launch}, task {task}</p>{lines.Select(line => Line(frame, line))}
        """);

    private static Html Line(Frame frame, LogLine line)
    {
        var (style, text) = HostLine.Read(line.Text);
        return Html.Of($"""<p class="{style}"><time>{Words.Clock(line.At, frame.Zone)}</time> {text}</p>""");
    }
}
