namespace Jobs.Cdk.Assets;

/// <summary>A folder with a published worker, as the context of its image.</summary>
internal static class WorkerFolder
{
    private const string Program = ".runtimeconfig.json";

    /// <summary>Gives it a Dockerfile if it has none.</summary>
    /// <returns>The name of the worker's assembly.</returns>
    /// <exception cref="WorkerImageException">The folder has no program of .NET's, or several.</exception>
    public static string Prepare(string folder)
    {
        var programs = Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{Program}") : [];
        if (programs is not [var one])
        {
            throw new WorkerImageException(
                $"A worker's folder has one program, published by dotnet publish (declared: {folder}, which has " +
                $"{programs.Length}). Publish the worker's project there, and no other.");
        }

        var name = Path.GetFileName(one)[..^Program.Length];
        var file = Path.Combine(folder, "Dockerfile");
        if (!File.Exists(file)) File.WriteAllText(file, Text().Replace("WORKER", name, StringComparison.Ordinal));
        return name;
    }

    private static string Text()
    {
        using var stream = typeof(WorkerFolder).Assembly.GetManifestResourceStream("Dockerfile")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
