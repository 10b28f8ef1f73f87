using System.Globalization;
using System.Text;

namespace Jobs.Tests.Unit.Testing;

/// <summary>The guide's handler of uploads.</summary>
[OnUpload("readings/", Suffix = ".txt")]
[OnQueue(Parallelism = 8)]
[Writes("averages/")]
public sealed class Averages : IMessageHandler<Upload>
{
    public async Task HandleAsync(Upload upload, MessageContext context, CancellationToken stop)
    {
        using var text = new StreamReader(await context.OpenAsync(upload, stop));
        var lines = (await text.ReadToEndAsync(stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) throw new JobFailedException("The file is empty. Upload one with readings.");

        var average = lines.Average(line => double.Parse(line, CultureInfo.InvariantCulture));
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"{average:R}"));
        // The same if the upload comes twice:
        await context.WriteAsync($"averages/{upload.Key}", content, "text/plain", stop);
    }
}
