using System.Diagnostics;

namespace Jobs.Tests.Packages.Elsewhere;

/// <summary>
/// The machine of a team that has never seen this repository: a folder, a home of its own, and a feed with our packages
/// and no other. What the build machine's cache has stands in for NuGet's own feed.
/// </summary>
internal sealed class Team
{
    private readonly string _folder;
    private readonly PackageFeed _feed;

    public Team(PackageFeed feed, string name)
    {
        _feed = feed;
        _folder = Directory.CreateDirectory(Path.Combine(feed.Folder, name)).FullName;
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="made" value="{feed.Packages}" /></packageSources>
              <fallbackPackageFolders><add key="cache" value="{Cache()}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    public string PathOf(string path) => Path.Combine(_folder, path);

    /// <summary>What a command printed; a test fails when it did not end well.</summary>
    /// <param name="at">Where it is typed, below the team's folder.</param>
    public Task<string> TypeAsync(string at, params string[] arguments) => RunAsync(Prepared(at, arguments));

    /// <summary>What a command printed that must not end well.</summary>
    public Task<string> FailAsync(string at, params string[] arguments) =>
        RunAsync(Prepared(at, arguments), fails: true);

    /// <summary>The same of the tool, against a stack on this machine.</summary>
    public Task<string> AskAsync(RunningStack stack, string at, params IEnumerable<string> arguments)
    {
        var start = Prepared(at, ["jobs", .. arguments]);
        start.Environment["AWS_ENDPOINT_URL"] = stack.Endpoint.ToString();
        return RunAsync(start);
    }

    /// <summary>Starts <c>dotnet jobs up</c>; completes when it says where the stack is.</summary>
    public Task<RunningStack> UpAsync(string at) =>
        RunningStack.StartAsync(Prepared(at, ["jobs", "up", "--port", "0"]));

    private static async Task<string> RunAsync(ProcessStartInfo start, bool fails = false)
    {
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var printed = await output;
        Assert.True(
            (process.ExitCode != 0) == fails,
            $"dotnet {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}:\n{printed}{await errors}");
        return printed;
    }

    private ProcessStartInfo Prepared(string at, IEnumerable<string> arguments)
    {
        var start = Dotnet.Prepare(PathOf(at), arguments);
        start.RedirectStandardError = true;
        start.Environment["DOTNET_CLI_HOME"] = Directory.CreateDirectory(PathOf(".home")).FullName;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // What stands in for an official package must never lie in the machine's cache.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_feed.Folder, "restored");
        return start;
    }

    private static string Cache() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
