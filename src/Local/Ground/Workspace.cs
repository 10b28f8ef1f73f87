using Jobs.Apps;

namespace Jobs.Local.Ground;

/// <summary>A CDK app with the code around it, and the folders that the laptop keeps there.</summary>
/// <param name="Root">Folder of the solution or repository around the app, or the app's own where there is
/// none.</param>
/// <param name="App">Folder of the app's <c>cdk.json</c>.</param>
public sealed record Workspace(string Root, string App)
{
    /// <summary>Everything the laptop keeps; deleting it starts afresh.</summary>
    public string Kept => Path.Combine(Root, ".jobs");

    public string CloudAssembly => Path.Combine(Kept, "cdk.out");

    /// <summary>Workers that were built since the stack was synthesized.</summary>
    public string Images => Path.Combine(Kept, "images");

    /// <summary>Objects, tables, messages, mail and logs: what survives a restart.</summary>
    public string State => Path.Combine(Kept, "state");

    public string Samples => Path.Combine(Root, "samples");

    /// <summary>Whether it is this project's own repository, with the sample jobs.</summary>
    public bool HasSampleJobs => File.Exists(Path.Combine(Root, "src", "Local", "Local.csproj"));

    /// <summary>The workspace of the CDK app that is named, or else nearest to the current folder, or to this program's
    /// own.</summary>
    /// <param name="app">Folder of its <c>cdk.json</c>; null for the nearest.</param>
    /// <exception cref="AppException">There is no app, or several are equally near.</exception>
    public static Workspace Find(string? app = null) =>
        Of(AppSearch.Find(app, Environment.CurrentDirectory, AppContext.BaseDirectory));

    /// <summary>The workspace of an app in this folder, whether it has one or not.</summary>
    public static Workspace Of(string app) => new(AppSearch.RootOf(app) ?? app, app);
}
