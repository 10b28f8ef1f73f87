using System.Text.Json.Nodes;

namespace Jobs.Local.Ground;

/// <summary>
/// What runs for this workspace, in <c>.jobs/laptop.json</c>: a job that is started by itself takes its bucket. Deleted
/// when the stack ends; one that a killed laptop left names an address that does not answer.
/// </summary>
internal sealed class LaptopNote : IDisposable
{
    private readonly string _file;

    private LaptopNote(string file) => _file = file;

    public static LaptopNote Write(Workspace workspace, Laptop laptop)
    {
        Directory.CreateDirectory(workspace.Kept);
        var note = new LaptopNote(Path.Combine(workspace.Kept, "laptop.json"));
        var text = new JsonObject { ["endpoint"] = laptop.Endpoint.ToString(), ["bucket"] = laptop.Bucket };
        File.WriteAllText(note._file, text.ToJsonString());
        return note;
    }

    public void Dispose() => File.Delete(_file);
}
