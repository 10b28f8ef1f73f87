using System.Diagnostics;
using System.Globalization;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Tracing;
using Jobs.Sdk.Reporting;

namespace Jobs.Sdk.Hosting;

/// <summary>What the task definition and RunTask's overrides tell the worker.</summary>
/// <param name="Bucket">The runner's bucket; null where the stack has none.</param>
internal sealed record WorkerSettings(string Job, LaunchId Launch, string? Bucket)
{
    /// <summary>The attempt's place in its trace; null without tracing.</summary>
    public ActivityContext? Trace { get; init; }

    /// <exception cref="HostFailedException">A variable is missing or wrong.</exception>
    public static WorkerSettings Read(Func<string, string?> environment)
    {
        var job = Need(environment, EnvironmentNames.Job, "the task definition sets it");
        var run = ReadRun(
            Need(
                environment,
                EnvironmentNames.RunId,
                "the launcher sets it as an override; this image is started by the runner, not by hand"));
        var number = Need(environment, EnvironmentNames.Launch, "the launcher sets it as an override");
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var launch) || launch < 1)
        {
            throw new HostFailedException($"{EnvironmentNames.Launch} is '{number}', but a launch is a number from 1.");
        }

        if (run.Job != job)
        {
            throw new HostFailedException(
                $"Run {run} is not of job '{job}'. {EnvironmentNames.Job} in the task definition and " +
                $"{EnvironmentNames.RunId} must name the same job.");
        }

        return new WorkerSettings(job, new LaunchId(run, launch), environment(EnvironmentNames.Bucket))
        {
            Trace = TraceText.Parse(environment(EnvironmentNames.TraceParent)),
        };
    }

    public static string Need(Func<string, string?> environment, string name, string who) =>
        environment(name) is { Length: > 0 } value
        ? value
        : throw new HostFailedException($"The environment variable {name} is not set; {who}.");

    private static RunId ReadRun(string text)
    {
        try
        {
            return RunId.Parse(text);
        }
        catch (FormatException e)
        {
            throw new HostFailedException($"{EnvironmentNames.RunId}: {e.Message}", e);
        }
    }
}
