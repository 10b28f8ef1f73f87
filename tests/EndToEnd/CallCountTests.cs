using System.Text;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Lapstack.Wire;

namespace Jobs.Tests.EndToEnd;

/// <summary>What one upload run costs in calls, counted on the wire.</summary>
[Collection(LaptopCollection.Name)]
public sealed class CallCountTests(RunningLaptop stack)
{
    [Fact]
    public async Task Uncapped_upload_run_takes_seven_calls_from_event_to_success()
    {
        var calls = await CallsOfAsync(
            "photo-catalog",
            "photos/counted.jpg",
            Directory.EnumerateFiles(RunningLaptop.Sample("photos"), "*.jpg").Order().First());

        Assert.Equal(
            [
                "OnUpload PutItem", "OnUpload RunTask",
                "worker UpdateItem", "worker GetItem", "worker UpdateItem",
                "OnTaskStopped BatchGetItem", "OnTaskStopped PutItem",
            ],
            calls);
    }

    [Fact]
    public async Task Capped_upload_run_takes_two_more()
    {
        var calls = await CallsOfAsync("csv-import", "incoming/counted.csv", RunningLaptop.Sample("gdp.csv"));

        Assert.Equal(
            [
                "OnTaskStopped BatchGetItem", "OnTaskStopped PutItem", "OnTaskStopped UpdateItem",
                "OnUpload PutItem", "OnUpload RunTask", "OnUpload UpdateItem",
                "worker GetItem", "worker UpdateItem", "worker UpdateItem",
            ],
            calls.Order(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<string>> CallsOfAsync(string job, string key, string file)
    {
        await using var content = File.OpenRead(file);
        var id = await stack.UploadAsync(job, key, content);
        var reading = await stack.EndOfAsync(id);
        Assert.Equal(RunState.Succeeded, reading.Run.State);
        return CallsOf(stack, id);
    }

    /// <summary>
    /// What was called for a run so far, and by whom. What the SDK sent again counts once. Heartbeats do not count: a
    /// run of two seconds says its progress, which it takes on a machine at its limit.
    /// </summary>
    internal static IReadOnlyList<string> CallsOf(RunningLaptop stack, RunId id) =>
    [
        .. stack.Calls
            .Where(call => call.Service is "dynamodb" or "ecs" or "sns" && IsOf(id, call) && Who(call) is not null)
            .Where(call => !Says(call, "SET #heartbeatAt"))
            .DistinctBy(call => call.InvocationId ?? (object)call)
            .Select(call => $"{Who(call)} {call.Operation}"),
    ];

    // Every such call names its run, and others may be under way: the news of an earlier run's task comes late.
    private static bool IsOf(RunId id, ApiCall call) => Says(call, id.Key);

    private static bool Says(ApiCall call, string text) => call.Body.Span.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    // The owner's own reads and the tick's are not the run's.
    private static string? Who(ApiCall call) => call.CallerArn switch
    {
        var arn when arn.Contains("OnUpload", StringComparison.Ordinal) => "OnUpload",
        var arn when arn.Contains("OnEvent", StringComparison.Ordinal) => "OnEvent",
        var arn when arn.Contains("OnTaskStopped", StringComparison.Ordinal) => "OnTaskStopped",
        var arn when arn.Contains("TaskRole", StringComparison.Ordinal) => "worker",
        _ => null,
    };
}
