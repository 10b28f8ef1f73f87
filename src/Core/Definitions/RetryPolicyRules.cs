using System.Globalization;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Definitions;

/// <summary>What a retry policy must satisfy.</summary>
internal static class RetryPolicyRules
{
    /// <summary>The rules travel with each run, whose control item is to stay near 1 KB.</summary>
    private const int MaxEntries = 16;

    /// <summary>As much as a C# name with its namespace ever needs.</summary>
    private const int MaxTypeName = 200;

    public static IEnumerable<DefinitionError> Check(JobDefinition job) =>
    [
        .. CheckNumbers(job),
        .. CheckMatch(job, "Retry.NonRetryable", job.Retry.NonRetryable),
        .. CheckMatch(job, "Retry.Retryable", job.Retry.Retryable),
        .. CheckBoth(job),
    ];

    private static IEnumerable<DefinitionError> CheckNumbers(JobDefinition job)
    {
        var retry = job.Retry;
        if (retry.Attempts is < 1 or > 20)
        {
            yield return Error(job, "Retry.Attempts must be 1 to 20", Text(retry.Attempts), "Use 1 for no retry.");
        }

        if (retry.BackoffSeconds is < 0 or > 86_400)
        {
            yield return Error(
                job,
                "Retry.BackoffSeconds must be 0 to 86,400 (a day)",
                Text(retry.BackoffSeconds),
                "Use 15 when unsure.");
        }

        if (retry.MaxBackoffSeconds < retry.BackoffSeconds)
        {
            yield return Error(
                job, "Retry.MaxBackoffSeconds must not be below BackoffSeconds", Text(
                    retry.MaxBackoffSeconds), $"Use at least {retry.BackoffSeconds}.");
        }
    }

    private static IEnumerable<DefinitionError> CheckMatch(JobDefinition job, string name, RetryMatch? match)
    {
        if (match is null) yield break;
        var entries = match.Classes.Count + match.ExitCodes.Count + match.ErrorTypes.Count;
        if (entries is 0 or > MaxEntries)
        {
            yield return Error(
                job,
                $"{name} must name 1 to {MaxEntries} classes, exit codes and error types",
                $"{entries} of them",
                "Leave it out for no rule.");
        }

        foreach (var unknown in match.Classes.Where(verdict => !Enum.IsDefined(verdict)))
        {
            yield return Error(
                job, $"{name}.Classes must name classes that exist", unknown.ToString(), $"Use {Classes()}.");
        }

        foreach (var fixedClass in match.Classes.Where(
            verdict => Enum.IsDefined(verdict) && !RetryRules.Decidable.Contains(verdict)))
        {
            yield return Error(
                job,
                $"{name}.Classes must name ends that are the job's to decide: what a person asked for is final, and " +
                "interruptions by AWS are always repeated at no cost",
                fixedClass.ToString(),
                $"Use {Classes()}.");
        }

        foreach (var code in match.ExitCodes.Where(code => code is < 0 or > 255))
        {
            yield return Error(
                job,
                $"{name}.ExitCodes must be 0 to 255",
                Text(code),
                "A program's exit code has eight bits: -1 arrives as 255.");
        }

        foreach (var type in match.ErrorTypes.Where(
            type => string.IsNullOrWhiteSpace(type) || type.Length > MaxTypeName || type.Any(char.IsWhiteSpace)))
        {
            yield return Error(
                job,
                $"{name}.ErrorTypes must be names of 1 to {MaxTypeName} characters without spaces",
                type,
                "Use a full name such as System.FormatException, or a simple one such as FormatException.");
        }
    }

    private static IEnumerable<DefinitionError> CheckBoth(JobDefinition job)
    {
        if (job.Retry is not { NonRetryable: { } never, Retryable: { } again }) return [];
        var both = never.Classes.Intersect(again.Classes).Select(verdict => verdict.ToString())
            .Concat(never.ExitCodes.Intersect(again.ExitCodes).Select(code => $"exit code {code}"))
            .Concat(never.ErrorTypes.Intersect(again.ErrorTypes, StringComparer.Ordinal));
        return both.Select(
            same =>
                Error(job, "an end cannot be both Retryable and NonRetryable", same, "Take it out of one of them."));
    }

    private static string Classes() => string.Join(", ", RetryRules.Decidable);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);
}
