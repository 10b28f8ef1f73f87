using Jobs.Cli.Commands;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Jobs.Page.Reading;

/// <summary>Which runs a page of the listing is of, as its address says it.</summary>
/// <param name="Job">Empty for all; so are the others.</param>
/// <param name="In">What the text is looked for in: <see cref="Error"/> and the like.</param>
internal sealed record RunQuery(string Job, string State, string Since, string In, string Text, string Page)
{
    public const string Error = "error";
    public const string Key = "key";
    public const string Label = "label";
    public const string Id = "run";

    private const int PageSize = 50;

    public static RunQuery Of(IQueryCollection query)
    {
        return new RunQuery(
            Value("job"), Value("state"), Value("since"), Value("in"), Value("text").Trim(), Value("page"));

        string Value(string name) => query[name].ToString();
    }

    /// <summary>It is one run's id, or the beginning of it.</summary>
    public bool IsRun => In == Id && Text.Length > 0;

    /// <exception cref="CliException">A value is none.</exception>
    public async Task<RunFilter> FilterAsync(IStack stack, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = await stack.History.JobsAsync(cancellation);
        return new RunFilter
        {
            Jobs = Job.Length == 0 ? known : [JobNames.Check(Job, known, stack.Place.Lines)],
            States = StateNames.Parse(NotEmpty(State)),
            Since = Since.Length == 0 ? null : now - (TimeText.SpanOf(Since) ?? throw NoSpan()),
            Error = TextIn(Error),
            Key = TextIn(Key),
            Label = TextIn(Label) is { } label ? LabelText.Parse(label) : null,
            Limit = PageSize,
            After = Page.Length == 0 ? null : HistoryCursor.TryParse(Page) ?? throw NoPage(),
        };
    }

    /// <summary>The address of the page behind this one.</summary>
    public string AddressOf(HistoryCursor next) => QueryHelpers.AddQueryString(
        "/runs",
        new Dictionary<string, string?>
        {
            ["job"] = Job,
            ["state"] = State,
            ["since"] = Since,
            ["in"] = In,
            ["text"] = Text,
            ["page"] = next.ToString(),
        });

    private string? TextIn(string place) => In == place ? NotEmpty(Text) : null;

    private static string? NotEmpty(string text) => text.Length > 0 ? text : null;

    private CliException NoSpan() => CliException.Usage($"'{Since}' is not a span such as 6h or 7d.");

    private static CliException NoPage() => CliException.Usage(
        "This is not the address of a page. Begin with the newest runs.");
}
