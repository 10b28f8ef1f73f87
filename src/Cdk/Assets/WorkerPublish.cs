using System.Diagnostics;

namespace Jobs.Cdk.Assets;

/// <summary>Publishes a worker's project beside the app, as <c>dotnet publish</c> does by hand.</summary>
internal static class WorkerPublish
{
    /// <param name="project">Its file or folder, relative to the current one.</param>
    /// <param name="runtime">As .NET calls it.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="WorkerImageException">There is no such project, or it cannot be published.</exception>
    public static string Publish(string project, string runtime)
    {
        var file = FileOf(Path.GetFullPath(project), project);
        var folder = Path.Combine(
            AppContext.BaseDirectory, "assets", Path.GetFileNameWithoutExtension(file), runtime);
        // What an earlier version had, and this one has not, is not part of the image.
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Run(
            file, "publish", file, "--configuration", "Release", "--runtime", runtime, "--output", folder, "--nologo",
            "--verbosity", "quiet", "-p:RunAnalyzers=false", "-p:PublishDocumentationFiles=false",
            "-p:PublishReferencesDocumentationFiles=false", "-p:DebugType=embedded",
            // What is compiled ahead of time has .NET in it; its symbols, which are larger, stay out of the image.
            IsNative(file, runtime) ? "-p:CopyOutputSymbolsToPublishDirectory=false" : "--no-self-contained");
        return folder;
    }

    private static bool IsNative(string project, string runtime)
    {
        var value = Run(
            project, "msbuild", project, "-getProperty:PublishAot", "-p:Configuration=Release",
            $"-p:RuntimeIdentifier={runtime}");
        return bool.TryParse(value.Trim(), out var isNative) && isNative;
    }

    private static string FileOf(string path, string declared)
    {
        if (File.Exists(path)) return path;
        var projects = Directory.Exists(path) ? Directory.GetFiles(path, "*.??proj") : [];
        return projects is [var one] ? one : throw new WorkerImageException(
            $"A worker's image is made from one project (declared: {declared}, which is {path} and has " +
            $"{projects.Length}). Name the project's file or folder, relative to {Environment.CurrentDirectory}.");
    }

    /// <returns>What it prints.</returns>
    private static string Run(string project, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Path.GetDirectoryName(project),
            RedirectStandardOutput = true,
        };
        // An app that MSBuild started is told where that is; the project's SDK may be another.
        foreach (var name in start.Environment.Keys.Where(IsOfMSBuild).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0) return output;
        throw new WorkerImageException(
            $"The worker {project} cannot be published: mend what its build says.\n{output.Trim()}");
    }

    private static bool IsOfMSBuild(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);
}
