using System.Text.Json;
using Jobs.Worker.Checksums;

namespace Jobs.Worker;

/// <summary>
/// Checksum and line count of the object that each message names, <c>{"key": "incoming/gdp.csv"}</c>, written as JSON
/// under checksums/ with <c>.json</c> after the object's key. Read once, in little memory, whatever its size. A message
/// that comes twice writes the same again, unless the object has changed.
/// </summary>
[Job(Cpu = 256, MemoryMiB = 512)]
[OnQueue(MessagesPerTask = 250, MaxTasks = 4, Parallelism = 8)]
[Reads("incoming/")]
[Writes("checksums/")]
public sealed class QueueWorker : IMessageHandler<QueueWorker.Request>
{
    private const string Folder = "checksums/";

    /// <param name="Key">Key of an object of the runner's bucket, under incoming/.</param>
    public sealed record Request(string Key);

    public async Task HandleAsync(Request message, MessageContext context, CancellationToken stop)
    {
        var content = await context.OpenAsync(message.Key, stop);
        await using (content)
        {
            var checksum = await ObjectChecksum.ReadAsync(message.Key, content, stop);
            var json = JsonSerializer.SerializeToUtf8Bytes(checksum, WorkerJson.Default.ObjectChecksum);
            using var result = new MemoryStream(json);
            await context.WriteAsync($"{Folder}{message.Key}.json", result, "application/json", stop);
        }
    }
}
