using System.Buffers;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>
/// The run that is meant: a whole id, the key alone, or as much of its beginning as is unique among each job's newest
/// runs (<see cref="PerJob"/> of them).
/// </summary>
internal sealed class RunFinder(IStack stack)
{
    /// <summary>Newest runs of each job among which a shortened id is looked for.</summary>
    public const int PerJob = 1_000;

    private const int LeastPrefix = 3;
    private const int MaxListed = 5;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("0123456789abcdefghjkmnpqrstvwxyz");

    private CommandLines Lines => stack.Place.Lines;

    /// <exception cref="CliException">There is none, or more than one.</exception>
    public async Task<RunReading> FindAsync(string text, CancellationToken cancellation)
    {
        if (RunId.TryParse(text, out var whole))
        {
            return await stack.Runs.ReadAsync(whole, cancellation)
                ?? throw await NoSuchAsync(text, whole.Job, cancellation);
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (job, key) = slash < 0 ? (null, text) : (text[..slash], text[(slash + 1)..]);
        CheckKey(text, key);
        var jobs = await JobsAsync(job, cancellation);
        if (key.Length == RunId.KeyLength) return await ByKeyAsync(text, jobs, key, cancellation);
        var matches = await MatchesAsync(jobs, key, cancellation);
        return matches switch
        {
            [var only] =>
                await stack.Runs.ReadAsync(only, cancellation)
                    ?? throw CliException.Failed($"Run {only} is gone: it had expired."),
            [] => throw CliException.Failed(
                $"No run among the newest begins with '{text}'. Give the whole id of an older one, or look for it: " +
                Lines.Runs(job)),
            _ =>
                throw CliException.Failed(
                    $"'{text}' begins more than one run: {Listed(matches)}. Give more of the one you mean."),
        };
    }

    private async Task<IReadOnlyList<string>> JobsAsync(string? job, CancellationToken cancellation)
    {
        var known = await stack.History.JobsAsync(cancellation);
        return job is null ? known : [JobNames.Check(job, known, Lines)];
    }

    private async Task<RunReading> ByKeyAsync(
        string text, IReadOnlyList<string> jobs, string key, CancellationToken cancellation)
    {
        var readings = await stack.History.ReadAsync(
            [.. jobs.Select(job => RunId.Parse($"{job}/{key}"))], cancellation);
        return readings is [var only, ..] ? only : throw await NoSuchAsync(text, null, cancellation);
    }

    private async Task<IReadOnlyList<RunId>> MatchesAsync(
        IReadOnlyList<string> jobs, string key, CancellationToken cancellation)
    {
        var pages = await Task.WhenAll(
            jobs.Select(job => stack.History.PageAsync([job], null, null, null, PerJob, cancellation)));
        return [.. pages.SelectMany(page => page.Runs).Where(id => id.Key.StartsWith(key, StringComparison.Ordinal))];
    }

    private async Task<CliException> NoSuchAsync(string text, string? job, CancellationToken cancellation)
    {
        if (job is not null) JobNames.Check(job, await stack.History.JobsAsync(cancellation), Lines);
        return CliException.Failed(
            $"There is no run '{text}'. Runs are kept for 90 days after their end, and one that was just submitted " +
            $"appears within seconds. List them: {Lines.Runs(job)}");
    }

    private void CheckKey(string text, string key)
    {
        if (key.Length is >= LeastPrefix and <= RunId.KeyLength && key.AsSpan().IndexOfAnyExcept(KeyCharacters) < 0)
        {
            return;
        }

        throw CliException.Usage(
            $"'{text}' is not the id of a run, nor the beginning of one. An id is <job>/<{RunId.KeyLength} " +
            $"lower-case letters and digits>; the first {LeastPrefix} of them or more will do. List them: " +
            $"{Lines.Runs()}");
    }

    private static string Listed(IReadOnlyList<RunId> ids) =>
        string.Join(", ", ids.Take(MaxListed)) +
            (ids.Count > MaxListed ? Output.Words.Invariant($" and {ids.Count - MaxListed} more") : "");
}
