using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Jobs.Tests.Unit.Functions;

/// <summary>The project's sample events, in <c>events/</c>.</summary>
internal static class SampleEvents
{
    public static string Folder { get; } = FolderAbove();

    public static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!;

    /// <summary>What an upload rule makes of S3's event.</summary>
    public static string UploadMessage(string file, string job = "line-count") =>
        new JsonObject { ["job"] = job, ["trigger"] = "incoming/*", ["event"] = Read(file) }.ToJsonString();

    /// <summary>What an event rule makes of an event.</summary>
    public static string EventMessage(string file, string job = "line-count") =>
        new JsonObject { ["job"] = job, ["trigger"] = "failed-orders", ["event"] = Read(file) }.ToJsonString();

    private static string FolderAbove([CallerFilePath] string here = "")
    {
        var folder = Directory.GetParent(here)!;
        while (!File.Exists(Path.Combine(folder.FullName, "jobs.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "events");
    }
}
