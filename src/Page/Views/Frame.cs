using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Pauses;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>What every view has around it, and what it needs to know of the moment.</summary>
/// <param name="Stack">Where the stack is, for people.</param>
/// <param name="Lines">What to type about it.</param>
internal sealed record Frame(string Stack, CommandLines Lines, DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>Milliseconds between two looks of the browser.</summary>
    public int Again { get; init; } = 2_000;

    /// <summary>Parts of the view are not known yet: without scripts the browser loads it again.</summary>
    public bool IsPartial { get; init; }

    /// <summary>It is the stack on this machine.</summary>
    public bool IsLaptop { get; init; }

    /// <summary>For the numbers beside the menu; null while they are not known.</summary>
    public StackStatus? Status { get; init; }

    public PauseList Pauses => Status?.Pauses ?? PauseList.None;

    /// <summary>What came of what the person did last; null for nothing.</summary>
    public Html? Notice { get; init; }

    private IEnumerable<(string Address, string Name, int Count)> Menu =>
    [
        ("/", "Overview", 0),
        ("/runs", "Runs", 0),
        ("/schedules", "Schedules", 0),
        ("/queues", "Queues", Status?.Queues.Sum(queue => queue.DeadLetters) ?? 0),
        ("/alerts", "Alerts", Status?.Alerts.Count ?? 0),
        .. IsLaptop ? new[] { ("/laptop", "Laptop", 0) } : [],
    ];

    /// <param name="address">Which entry of the menu it belongs to.</param>
    /// <param name="title">Of the view, for the browser's tab.</param>
    public Html Around(string address, string title, Html body) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title} · {Stack}</title>
        <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%234055c8'/%3E%3Cpath d='M5 4l6 4-6 4z' fill='%23fff'/%3E%3C/svg%3E">
        <link rel="stylesheet" href="/page.css">
        <script src="/page.js" defer></script>
        {Html.When(IsPartial, $"""<noscript><meta http-equiv="refresh" content="1"></noscript>""")}
        </head>
        <body data-again="{Milliseconds}">
        <a class="skip" href="#content">To the content</a>
        <header>
        <p class="stack"><span class="mark" aria-hidden="true"></span>{Stack}</p>
        <nav aria-label="Pages" id="menu" data-live><ul>{Menu.Select(entry => Entry(entry, address))}</ul></nav>
        </header>
        <main id="content" tabindex="-1">
        <p id="trouble" class="trouble" role="status"></p>
        {Said}
        {body}
        </main>
        </body>
        </html>
        """);

    private string Milliseconds => Again.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Html Said => Notice is { } notice
        ? Html.Of($"""<div class="notice" role="status">{notice}</div>""")
        : default;

    private static Html Entry((string Address, string Name, int Count) entry, string current)
    {
        var count = Html.When(entry.Count > 0, $""" <span class="count">{entry.Count}</span>""");
        var here = Html.When(entry.Address == current, $""" aria-current="page" """);
        return Html.Of($"""<li><a href="{entry.Address}"{here}>{entry.Name}{count}</a></li>""");
    }
}
