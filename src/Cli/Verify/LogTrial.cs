using Jobs.Core;
using Jobs.Core.Runs;

namespace Jobs.Cli.Verify;

/// <summary>What a task wrote to its log.</summary>
internal sealed class LogTrial(Stage stage) : Trial("logs", "What a task logs can be read.")
{
    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var token = stage.TokenOf(Name);
        var run = await stage.SubmitAsync(CanaryNames.Canary, "succeed", Name);
        var end = await stage.EndOfAsync(run, RunState.Succeeded, cancellation);
        var group = Names.LogGroup(stage.Stack.Place.Name, CanaryNames.Canary);
        var stream = StreamOf(end);
        await stage.WaitAsync<object>(
            async () => await HasAsync(group, stream, token, cancellation) ? token : null,
            () => new MissedException(
                $"{group} has no line of run {run} in {stream}.",
                "The execution role writes it, by the driver awslogs. If JobProps.Logging sends logs elsewhere, look " +
                "there."),
            cancellation);
        return Kept($"A line of run {run} is in {group}.");
    }

    private static string StreamOf(RunReading reading)
    {
        var arn = reading.Run.TaskArn ?? reading.CurrentWorker?.TaskArn ?? "";
        return Names.LogStream(arn[(arn.LastIndexOf('/') + 1)..]);
    }

    /// <summary>A canary writes a few lines, which are on the first page that is not empty.</summary>
    private async Task<bool> HasAsync(string group, string stream, string token, CancellationToken cancellation)
    {
        for (string? place = null; ;)
        {
            var page = await stage.Stack.Logs.ReadAsync(group, stream, place, cancellation);
            if (page is null) return false;
            if (page.Lines.Any(line => line.Text.Contains(token, StringComparison.Ordinal))) return true;
            // The same token again is CloudWatch's word for the end.
            if (page.Next == place) return false;
            place = page.Next;
        }
    }
}
