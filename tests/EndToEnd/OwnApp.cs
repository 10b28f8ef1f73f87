using System.Text.Json.Nodes;

namespace Jobs.Tests.EndToEnd;

/// <summary>
/// A team's own repository in a temporary folder: a CDK app in <c>infra</c>, and a job's code beside it.
/// </summary>
internal sealed class OwnApp : IDisposable
{
    public OwnApp(JsonObject cdkJson)
    {
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        Directory.CreateDirectory(Path.Combine(Root, "worker"));
        Write("infra/cdk.json", cdkJson.ToJsonString());
        Write("worker/Job.cs", "class Job;");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("jobs-own-").FullName;

    /// <summary>A command that notes what a synthesis is told.</summary>
    public const string Note = "printf '%s' \"$CDK_CONTEXT_JSON\" > \"$CDK_OUTDIR/told.json\"";

    /// <summary>A command that synthesizes an app without a stack, and notes what it was told.</summary>
    public const string Synthesize = $"echo '{{}}' > \"$CDK_OUTDIR/manifest.json\" && {Note}";

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public void Write(string file, string text)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Root, file));
}
