using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Jobs.Tests.EndToEnd;

/// <summary>The command line as a process of its own.</summary>
internal class JobsProcess(Uri endpoint) : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("jobs-cache-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    /// <summary>What a command that ends with 0 prints.</summary>
    public async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)} ended with {code}: {error}");
        return JsonNode.Parse(output)!;
    }

    public Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        RunAsync(_ => { }, arguments);

    /// <param name="onError">Told each line of stderr as it comes.</param>
    public async Task<(int Code, string Output, string Error)> RunAsync(
        Action<(Process Process, string Line)> onError, params string[] arguments)
    {
        var info = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Jobs.Cli.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["AWS_ENDPOINT_URL"] = endpoint.ToString();
        info.Environment["XDG_CACHE_HOME"] = _cache;
        info.Environment.Remove("JOBS_STACK");
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            error.Add(line);
            onError((process, line));
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, await output, string.Join('\n', error));
    }
}
