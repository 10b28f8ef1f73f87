using System.Text.Json;

namespace Jobs.Sdk.Standalone;

/// <summary>The laptop's stack that runs for this solution, as it says itself.</summary>
/// <param name="Endpoint">Address of all its services.</param>
/// <param name="Bucket">The runner's.</param>
internal sealed record RunningLaptop(Uri Endpoint, string Bucket)
{
    /// <summary>Where <c>dotnet jobs up</c> says it, below the solution's folder.</summary>
    private static readonly string Note = Path.Combine(".jobs", "laptop.json");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The one at or above a folder; null when none is there, or it does not answer any more.</summary>
    public static async Task<RunningLaptop?> FindAsync(string folder, CancellationToken cancellation)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, Note);
            if (File.Exists(file)) return await AnsweringAsync(file, cancellation);
        }

        return null;
    }

    private static async Task<RunningLaptop?> AnsweringAsync(string file, CancellationToken cancellation)
    {
        try
        {
            using var note = JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellation));
            var laptop = new RunningLaptop(
                new Uri(note.RootElement.GetProperty("endpoint").GetString()!),
                note.RootElement.GetProperty("bucket").GetString()!);
            using var http = new HttpClient { Timeout = Patience };
            using var answer = await http.GetAsync(laptop.Endpoint, cancellation);
            return laptop;
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or IOException or HttpRequestException or UriFormatException
            || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
