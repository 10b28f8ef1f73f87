using System.Globalization;
using System.Text.Json;
using Jobs.Core.Workers;

namespace Jobs.Hosting;

/// <summary>
/// The task metadata endpoint, version 4, which may be slow or fail in a task's first moments: some quick tries, then a name of
/// our own, because a worker that works under a plainer name is better than none.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate-response.html
/// </summary>
/// <param name="address">Content of <c>ECS_CONTAINER_METADATA_URI_V4</c>; null outside ECS.</param>
internal sealed class EcsTaskMetadata(string? address, HttpMessageHandler http, TimeProvider clock) : ITaskMetadata
{
    internal const int Tries = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private string? _arn;

    public async Task<string> TaskArnAsync(CancellationToken cancellation) =>
        _arn ??= (address is null ? null : await AskAsync(address, cancellation)) ?? OwnName();

    private async Task<string?> AskAsync(string address, CancellationToken cancellation)
    {
        using var client = new HttpClient(http, disposeHandler: false);
        for (var i = 1; i <= Tries; i++)
        {
            try
            {
                using var patience = new CancellationTokenSource(Patience, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
                var answer = await client.GetByteArrayAsync(new Uri($"{address}/task"), either.Token);
                using var task = JsonDocument.Parse(answer);
                return task.RootElement.GetProperty("TaskARN").GetString();
            }
            catch (Exception e) when (IsSlowness(e) && !cancellation.IsCancellationRequested)
            {
                if (i < Tries) await Task.Delay(TimeSpan.FromMilliseconds(100 * i), clock, cancellation);
            }
        }

        return null;
    }

    private static bool IsSlowness(Exception e) =>
        e is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException or InvalidOperationException;

    /// <summary>The endpoint's address ends in the container's id, which no other task has.</summary>
    private string OwnName() => address is { Length: > 0 }
        ? $"{WorkerRecord.ContainerName}{address.TrimEnd('/').Split('/')[^1]}"
        : string.Create(CultureInfo.InvariantCulture, $"{WorkerRecord.ProcessName}{Environment.MachineName}:{Environment.ProcessId}");
}
