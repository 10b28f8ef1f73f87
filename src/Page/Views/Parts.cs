using Jobs.Cli.Output;
using Jobs.Cli.Views;
using Jobs.Core.Ids;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>What several views show alike.</summary>
internal static class Parts
{
    private const int ShortKey = 8;

    /// <summary>A state in the colour that the command line gives it.</summary>
    public static Html State(RunState state) =>
        Html.Of($"""<span class="state {RunStyles.Of(state)}">{WordOf(state)}</span>""");

    public static Html Link(RunId run) => Html.Of(
        $"""<a href="{Addresses.Of(run)}" class="run"><span class="dim">{run.Job}/</span>{run.Key[..ShortKey]}</a>""");

    public static Html JobLink(string job) => Html.Of($"""<a href="{Addresses.OfJob(job)}">{job}</a>""");

    /// <summary>A time as it is from here, with the time itself.</summary>
    public static Html Ago(DateTimeOffset at, Frame frame) => Html.Of(
        $"""<time datetime="{Iso(at)}" title="{Words.Time(at, frame.Zone)}">{Words.Ago(at, frame.Now)}</time>""");

    /// <summary>Facts with their names; those without a value are left out.</summary>
    public static Html Facts(params IEnumerable<(string Name, Html? Value)> facts) => Html.Of($"""
        <dl class="facts">{facts.Where(fact => fact.Value is not null).Select(
            fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value!.Value}</dd></div>"))}</dl>
        """);

    public static Html Text(string text) => Html.Of($"{text}");

    /// <summary>What is said in place of a list that has nothing in it.</summary>
    public static Html Nothing(string text) => Html.Of($"""<p class="nothing">{text}</p>""");

    /// <summary>What to type for the same, in a terminal.</summary>
    public static Html Typed(string line) => Html.Of($"""<p class="typed"><code>{line}</code></p>""");

    /// <summary>A button that does something at once.</summary>
    public static Html Button(string address, string text, string key) => Html.Of($"""
        <form method="post" action="{address}"><input type="hidden" name="id" value="{key}">
        <button>{text}</button></form>
        """);

    /// <summary>A button that does something after a second one was pressed, which says what.</summary>
    public static Html Confirmed(string address, string text, string question, string yes, string key) => Html.Of($"""
        <details class="confirm" id="confirm-{text}"><summary class="button">{text}…</summary>
        <form method="post" action="{address}" class="question"><input type="hidden" name="id" value="{key}">
        <p>{question}</p><button class="strong">{yes}</button></form></details>
        """);

    private static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string WordOf(RunState state) => state switch
    {
        RunState.TimedOut => "Timed out",
        RunState.AwaitingChildren => "Children",
        _ => state.ToString(),
    };
}
