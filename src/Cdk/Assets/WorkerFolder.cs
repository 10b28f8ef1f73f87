namespace Jobs.Cdk.Assets;

/// <summary>A folder with a published worker, as the context of its image.</summary>
internal static class WorkerFolder
{
    private const string Program = ".runtimeconfig.json";

    /// <summary>Symbols of a program that was compiled ahead of time: larger than the program itself.</summary>
    public static readonly string[] Excluded = ["*.dbg"];

    /// <summary>Gives it a Dockerfile if it has none.</summary>
    /// <returns>The name of the worker's assembly.</returns>
    /// <exception cref="WorkerImageException">The folder has no program of .NET's, or several.</exception>
    public static string Prepare(string folder)
    {
        var managed = Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{Program}") : [];
        IReadOnlyList<string> programs = managed.Length > 0
            ? [.. managed.Select(file => Path.GetFileName(file)[..^Program.Length])]
            : NativeProgram.In(folder);
        if (programs is not [var name])
        {
            throw new WorkerImageException(
                $"A worker's folder has one program, published by dotnet publish (declared: {folder}, which has " +
                $"{programs.Count}). Publish the worker's project there, and no other.");
        }

        var file = Path.Combine(folder, "Dockerfile");
        var kind = managed.Length > 0 ? "Dockerfile" : "Native.Dockerfile";
        if (!File.Exists(file)) File.WriteAllText(file, Text(kind).Replace("WORKER", name, StringComparison.Ordinal));
        return name;
    }

    private static string Text(string kind)
    {
        using var stream = typeof(WorkerFolder).Assembly.GetManifestResourceStream(kind)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
