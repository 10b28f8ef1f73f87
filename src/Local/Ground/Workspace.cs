namespace Jobs.Local.Ground;

/// <summary>The checkout that Local runs from, and the folders it keeps in it.</summary>
/// <param name="Root">Folder of <c>jobs.sln</c>.</param>
public sealed record Workspace(string Root)
{
    private const string Mark = "jobs.sln";

    /// <summary>Everything Local keeps; deleting it starts afresh.</summary>
    public string Kept => Path.Combine(Root, ".jobs");

    public string CloudAssembly => Path.Combine(Kept, "cdk.out");

    /// <summary>Objects, tables, messages, mail and logs: what survives a restart.</summary>
    public string State => Path.Combine(Kept, "state");

    public string Samples => Path.Combine(Root, "samples");

    /// <summary>The checkout around the program, or else around the current folder.</summary>
    /// <exception cref="LocalException">There is none.</exception>
    public static Workspace Find() =>
        Around(AppContext.BaseDirectory) ?? Around(Environment.CurrentDirectory) ?? throw new LocalException(
            $"No {Mark} in or above {AppContext.BaseDirectory} or {Environment.CurrentDirectory}. Run Local from a " +
            "checkout of the project.");

    private static Workspace? Around(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, Mark))) return new Workspace(parent.FullName);
        }

        return null;
    }
}
