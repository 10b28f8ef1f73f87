using System.Globalization;
using System.Text;

namespace Jobs.Tests.EndToEndWorker;

/// <summary>
/// Uploads that share tasks. Records each handling as an object of its own, taken/KEY/MESSAGE with the process, so that
/// a test sees what was handled twice, and by whom. An upload that says so fails until its gate is open.
/// </summary>
[OnUpload("gathered/", Suffix = ".txt")]
[OnQueue(MaxTasks = 1, IdleSeconds = 5, MaxReceives = 1, Parallelism = 8)]
[Reads("gates/gathered/")]
[Writes("taken/")]
public sealed class Gathered : IMessageHandler<Upload>
{
    public async Task HandleAsync(Upload upload, MessageContext context, CancellationToken stop)
    {
        if (await ReadAsync(context.OpenAsync(upload, stop), stop) == "fail"
            && await ReadAsync(context.OpenAsync($"gates/{upload.Key}", stop), stop) != "open")
        {
            throw new JobFailedException("It was told to.");
        }

        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(process));
        await context.WriteAsync($"taken/{upload.Key}/{context.Id}", content, "text/plain", stop);
    }

    private static async Task<string> ReadAsync(Task<Stream> opening, CancellationToken stop)
    {
        using var text = new StreamReader(await opening);
        return await text.ReadToEndAsync(stop);
    }
}
