using System.Text.Json;
using Jobs.Core;
using Jobs.Sdk.Reporting;

namespace Jobs.Sdk.Hosting;

/// <summary>
/// The task metadata endpoint, version 4, which may be slow or fail in a task's first moments: it is asked again for a
/// while. A task without its ARN could not be watched, stopped or billed, so there is no other name.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate-response.html
/// </summary>
/// <param name="address">Content of <c>ECS_CONTAINER_METADATA_URI_V4</c>; null outside ECS.</param>
/// <param name="patience">How long the endpoint is asked again: <see cref="Patience"/> on ECS.</param>
internal sealed class EcsTaskMetadata(
    string? address, HttpMessageHandler http, TimeSpan patience, TimeProvider clock) : ITaskMetadata
{
    /// <summary>A task that waits costs little; one that ends is launched again, which takes longer.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PatienceOfOneTry = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    public async Task<string> TaskArnAsync(CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(address))
        {
            throw Unnamed(
                "ECS_CONTAINER_METADATA_URI_V4 is not set, as in each task of ECS; only the runner starts this image",
                null);
        }

        using var client = new HttpClient(http, disposeHandler: false);
        var began = clock.GetTimestamp();
        for (var wait = TimeSpan.FromMilliseconds(100); ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await AskAsync(client, new Uri($"{address}/task"), cancellation);
            }
            catch (Exception e) when (IsPassing(e) && !cancellation.IsCancellationRequested)
            {
                if (clock.GetElapsedTime(began) + wait > patience)
                {
                    throw Unnamed($"the metadata endpoint did not say in {patience.TotalSeconds:0} s: {e.Message}", e);
                }

                await Task.Delay(wait, clock, cancellation);
            }
        }
    }

    private async Task<string> AskAsync(HttpClient client, Uri task, CancellationToken cancellation)
    {
        using var patienceOfThis = new CancellationTokenSource(PatienceOfOneTry, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patienceOfThis.Token, cancellation);
        using var answer = JsonDocument.Parse(await client.GetByteArrayAsync(task, either.Token));
        var arn = answer.RootElement.GetProperty("TaskARN").GetString();
        return string.IsNullOrEmpty(arn) ? throw new JsonException("TaskARN is empty.") : arn;
    }

    private static bool IsPassing(Exception e) =>
        e is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException
            or InvalidOperationException;

    private static HostFailedException Unnamed(string why, Exception? cause) =>
        new($"This worker could not learn which task it is, so it claims nothing and ends: {why}.", cause)
        {
            ExitCode = WorkerExitCodes.Unnamed,
        };
}
