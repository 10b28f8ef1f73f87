using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>Which runs a listing is of, as options.</summary>
internal sealed class RunOptions
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 1_000;

    private readonly Option<string?> _state = new("--state", "-s")
    {
        Description = $"Only of this state, or active for all that are not over: {string.Join(", ", StateNames.All)}.",
        HelpName = "state",
    };

    private readonly Option<string?> _key = new("--key", "-k")
    {
        Description = "Only those that uploads of this key started, of its newest 20 versions; to one bucket with " +
            "--bucket.",
        HelpName = "incoming/a.csv",
    };

    private readonly Option<string?> _error = new("--error")
    {
        Description = "Only those whose error has this text, in any case.",
        HelpName = "text",
    };

    private readonly Option<string?> _label = new("--label", "-l")
    {
        Description = "Only those with this label, given with the request or by the job: name=value.",
        HelpName = "name=value",
    };

    private readonly Option<int> _limit = new("--limit", "-n")
    {
        Description = "Runs on a page, 1 to 1000.",
        DefaultValueFactory = _ => DefaultLimit,
        HelpName = "count",
    };

    private readonly Option<string?> _page = new("--page")
    {
        Description = "Goes on where a page ended: the token that it ended with.",
        HelpName = "token",
    };

    public RunOptions() => _state.CompletionSources.Add([.. StateNames.All]);

    public void AddTo(Command command)
    {
        Option[] all =
        [
            SharedOptions.Job, _state, _key, SharedOptions.Bucket, _error, _label, SharedOptions.Since, _limit, _page,
        ];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <exception cref="CliException">A value is none, or there is no such job.</exception>
    public async Task<RunFilter> ReadAsync(
        ParseResult parsed, CliContext cli, IStack stack, CancellationToken cancellation) => new()
        {
            Jobs = await JobsAsync(stack, parsed.GetValue(SharedOptions.Job), cancellation),
            States = StateNames.Parse(parsed.GetValue(_state)),
            Label = parsed.GetValue(_label) is { } label ? LabelText.Parse(label) : null,
            Key = parsed.GetValue(_key),
            Bucket = BucketOf(parsed),
            Error = parsed.GetValue(_error),
            Since = parsed.GetValue(SharedOptions.Since) is { } since ? TimeText.Parse("--since", since, cli) : null,
            Limit = LimitOf(parsed.GetValue(_limit)),
            After = parsed.GetValue(_page) is { } token ? CursorOf(token) : null,
        };

    private static async Task<IReadOnlyList<string>> JobsAsync(
        IStack stack, string? job, CancellationToken cancellation)
    {
        var known = await stack.History.JobsAsync(cancellation);
        return job is null ? known : [JobNames.Check(job, known, stack.Place.Lines)];
    }

    private string? BucketOf(ParseResult parsed) =>
        parsed.GetValue(SharedOptions.Bucket) is { } bucket && parsed.GetValue(_key) is null
            ? throw CliException.Usage($"--bucket {bucket} goes with --key: say which key of it.")
            : parsed.GetValue(SharedOptions.Bucket);

    private static int LimitOf(int given) => given is >= 1 and <= MaxLimit ? given : throw CliException.Usage(
        $"--limit {given} is not from 1 to {MaxLimit}. For more, go on with --page.");

    private static HistoryCursor CursorOf(string token) => HistoryCursor.TryParse(token) ?? throw CliException.Usage(
        $"--page '{Excerpt.Of(token, 60)}' is not the token that a page ended with. Copy it from there, or leave it " +
        "out to begin with the newest.");
}
